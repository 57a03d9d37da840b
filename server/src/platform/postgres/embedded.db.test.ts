import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkServer, findEmbedded, startEmbedded } from './index.ts'
import { homeOf } from './place.ts'
import { processStart } from './process-table.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'florin-embedded-'))
})
afterEach(async () => {
  const home = await homeOf(dataDir)
  await rm(home, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
})

const ask = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' }).finally(() => client.end())
  return rows[0]?.[0]
}
const postmaster = async () => {
  const file = join(await homeOf(dataDir), 'cluster', 'postmaster.pid')
  return Number.parseInt(readFileSync(file, 'utf8'), 10)
}

/** Florin's start in a process of its own, which can be killed. */
async function startAside(): Promise<ChildProcess> {
  const index = join(import.meta.dirname, 'index.ts')
  const code = `const { startEmbedded } = await import(${JSON.stringify(index)})
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    process.stdout.write('up')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout) await once(child.stdout, 'data')
  return child
}
async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

it('keeps what was written, serves no network, and is found while it runs', async () => {
  const first = await startEmbedded({ dataDir })
  await checkServer(first.url)
  expect(await ask(first.url, 'show listen_addresses')).toBe('')
  expect(await ask(first.url, 'show data_checksums')).toBe('on')
  await ask(first.url, 'create table kept as select 7 as n')
  expect(await findEmbedded(dataDir)).toBe(first.url)
  await expect(startEmbedded({ dataDir })).rejects.toThrow('already running')
  await first.stop()
  await first.stop()
  expect(await findEmbedded(dataDir)).toBeNull()
  const second = await startEmbedded({ dataDir })
  expect(await ask(second.url, 'select n from kept')).toBe(7)
  await second.stop()
})

it('starts again after Florin was killed and left PostgreSQL running', async () => {
  const child = await startAside()
  const left = await postmaster()
  const url = (await findEmbedded(dataDir)) ?? ''
  await ask(url, 'create table kept as select 7 as n')
  await kill(child)
  expect(processStart(left)).not.toBeNull()
  const next = await startEmbedded({ dataDir })
  expect(processStart(left)).toBeNull()
  expect(await ask(next.url, 'select n from kept')).toBe(7)
  await next.stop()
})

it('starts again after both were killed, with everything that was committed', async () => {
  const child = await startAside()
  const url = (await findEmbedded(dataDir)) ?? ''
  await ask(url, 'create table kept as select 7 as n')
  process.kill(await postmaster(), 'SIGKILL')
  await kill(child)
  const next = await startEmbedded({ dataDir })
  expect(await ask(next.url, 'select n from kept')).toBe(7)
  await next.stop()
})

it('starts PostgreSQL again, at the same address, when that alone was killed', async () => {
  const { url, stop } = await startEmbedded({ dataDir })
  const killed = await postmaster()
  process.kill(killed, 'SIGKILL')
  const again = () => ask(url, 'select 7').catch(() => null)
  await expect.poll(again, { timeout: 20_000, interval: 100 }).toBe(7)
  expect(await postmaster()).not.toBe(killed)
  await stop()
})

it('uses a short folder for the socket when the data folder has a long name', async () => {
  const long = join(dataDir, 'x'.repeat(100))
  const { url, stop } = await startEmbedded({ dataDir: long })
  expect(await ask(url, 'select 7')).toBe(7)
  expect(await findEmbedded(long)).toBe(url)
  await stop()
})
