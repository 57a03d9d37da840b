import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDirectory } from './lock.ts'
import { processStart } from './process-table.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'florin-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

const lock = () => lockDirectory(folder, './data', 500)
const leave = (holder: object | string) =>
  writeFile(
    join(folder, 'florin.lock'),
    typeof holder === 'string' ? holder : JSON.stringify(holder),
  )

it('lets one in, and the next one when it has left', async () => {
  const unlock = await lock()
  await expect(lock()).rejects.toThrow(`already running on ./data (process ${process.pid})`)
  unlock()
  ;(await lock())()
  expect(await readdir(folder)).toEqual([])
})

it('waits a little for one that is stopping', async () => {
  const unlock = await lock()
  setTimeout(unlock, 300)
  ;(await lock())()
})

it('takes over from a process that was killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await leave({ pid: child.pid, started: processStart(child.pid ?? 0) })
  await expect(lock()).rejects.toThrow('already running')
  child.kill('SIGKILL')
  await once(child, 'exit')
  ;(await lock())()
})

it('takes over when the number now belongs to another process', async () => {
  await leave({ pid: process.pid, started: 'an earlier one' })
  ;(await lock())()
})

it('takes over from a lock that was cut off while being written', async () => {
  await leave('{"pid":')
  ;(await lock())()
})

it('lets exactly one of many in over a dead lock', async () => {
  await leave({ pid: 1, started: 'before the last restart' })
  const results = await Promise.allSettled(Array.from({ length: 8 }, lock))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})
