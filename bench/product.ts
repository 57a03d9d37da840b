import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { readConfig } from '#server/config.ts'
import { firstRun } from '#server/first-run.ts'
import { idMaker, newToken, systemClock, systemRandom } from '#server/platform/clock.ts'
import { makeLog } from '#server/platform/log.ts'
import { openDatabase } from '#server/platform/postgres/index.ts'
import { makeSecrets, sha256 } from '#server/platform/secrets.ts'
import { insertKey } from '#server/records/team/index.ts'

export type Stats = { readonly cpu_s: number; readonly peak_bytes: number }
export type Product = {
  readonly port: number
  readonly stats: () => Promise<Stats>
  readonly stop: () => Promise<void>
}

/** Starts the product on a database; `serve.ts` is the process. */
export async function startProduct(url: string): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'florin-bench-'))
  const child = fork(join(import.meta.dirname, 'serve.ts'), [url, dataDir])
  const { port } = await answerOf<{ port: number }>(child)
  return {
    port,
    stats: () => {
      child.send('stats')
      return answerOf<Stats>(child)
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.send('stop')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the product ended with ${code}`)
  })
  const [answer] = await Promise.race([once(child, 'message'), ended])
  return answer as T
}

export type Owner = { readonly merchantId: string; readonly key: string }

/** A merchant and an API key in an empty database. */
export async function makeOwner(url: string): Promise<Owner> {
  const db = openDatabase({ url, poolSize: 1 })
  const [clock, random] = [systemClock, systemRandom]
  const newId = idMaker(clock, random)
  const read = readConfig({ SANDBOX: 'off' })
  if (!read.ok) throw new Error(read.errors.join('\n'))
  const secrets = makeSecrets(newToken(random, 32), random)
  const deps = { db, clock, random, newId, secrets, log: makeLog(clock, 'error') }
  const first = await firstRun({ ...deps, config: read.config }, '')
  if (!first) throw new Error('the database is not empty')
  const key = `sk_test_${newToken(random, 32)}`
  await db.tx((tx) =>
    insertKey(
      tx,
      { merchantId: first.merchantId, mode: 'test' },
      {
        ...{ id: newId('apiKey'), name: 'bench', prefix: key.slice(0, 12) },
        ...{ secret_sha256: sha256(key), created_by: null, expires_in_days: null },
        scopes: PERMISSIONS.filter((one) => !PERSON_ONLY.includes(one)),
      },
    ),
  )
  await db.close()
  return { merchantId: first.merchantId, key }
}
