import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#server/config.ts'
import { makeDemoData } from '#server/demo/index.ts'
import { firstRun } from '#server/first-run.ts'
import { assemble } from '#server/florin.ts'
import { systemClock, systemRandom } from '#server/platform/clock.ts'
import { makeLog } from '#server/platform/log.ts'
import { migrate, openDatabase, startThrowaway } from '#server/platform/postgres/index.ts'

/**
 * The product for browser tests: a throwaway database, a little demo data, a port of its own. Says
 * where it is in one line, and stops when its input ends.
 */
const OWNER = { OWNER_EMAIL: 'owner@shop.test', OWNER_PASSWORD: 'correct horse battery staple' }
const DEMO_PAYMENTS = 1200

const cluster = await startThrowaway()
await migrate(cluster.url)
const db = openDatabase({ url: cluster.url, poolSize: 10 })
const dataDir = mkdtempSync(join(tmpdir(), 'florin-browser-'))
const read = readConfig({ ...OWNER, FLORIN_DATA: dataDir, PORT: '0' })
if (!read.ok) throw new Error(read.errors.join('\n'))
const florin = await assemble({
  config: read.config,
  db,
  clock: systemClock,
  random: systemRandom,
  log: makeLog(systemClock, 'warn'),
  appSecret: 'a secret of the browser tests, long enough',
  version: '0.0.0-test',
  schemaVersion: 0,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
})
const port = await florin.listen(0, '127.0.0.1')
const deps = { ...florin.deps, secrets: florin.secrets, config: read.config }
const owner = await firstRun(deps, `http://127.0.0.1:${port}/sandbox`)
if (!owner) throw new Error('the throwaway database is not empty')
await makeDemoData(florin, owner.merchantId, () => undefined, { payments: DEMO_PAYMENTS })
process.stdout.write(`${JSON.stringify({ origin: `http://localhost:${port}`, ...OWNER })}\n`)
process.stdin.resume()
await once(process.stdin, 'end')
await florin.stop()
await db.close()
await cluster.stop()
rmSync(dataDir, { recursive: true, force: true })
