import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditReport } from '#server/audit-report.ts'
import { environment } from '#server/config.ts'
import { post } from '#server/ledger/index.ts'
import {
  findEmbedded,
  migrate,
  openDatabase,
  startEmbedded,
} from '#server/platform/postgres/index.ts'
import { addMerchant, transfer } from '#test/books.ts'
import { openClone } from '#test/database.ts'
import { withDatabase } from '#test/template.ts'

const PROGRAM = join(import.meta.dirname, 'florin.mjs')
type Ended = { readonly code: number | null; readonly said: string; readonly told: string }

/** As from a shell: only the settings given, and the exit code. */
async function florin(words: string, settings: Record<string, string> = {}): Promise<Ended> {
  const { PATH = '', HOME = '' } = environment()
  const child = spawn(process.execPath, [PROGRAM, ...words.split(' ')], {
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const [said, told, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, said, told }
}

let clone: Awaited<ReturnType<typeof openClone>>
beforeAll(async () => {
  clone = await openClone()
})
afterAll(() => clone.drop())

/** What an intruder on the server could do. */
async function tamper(statement: string): Promise<void> {
  const owner = openDatabase({ url: clone.url, poolSize: 1, role: null })
  await owner.query({ text: statement })
  await owner.close()
}

describe('florin audit', () => {
  it('answers by its exit code whether anything differs, and names it', async () => {
    const settings = { DATABASE_URL: clone.url }
    const merchantId = await addMerchant(clone.db)
    const clean = await florin('audit', settings)
    expect([clean.code, clean.told]).toEqual([0, ''])
    expect(clean.said).toContain('Nothing differs.')
    await clone.db.tx((tx) => post(tx, { merchantId, mode: 'test' }, [transfer()]))
    await tamper(`update ledger_accounts set credits_posted = credits_posted + 1 where live`)
    const after = await florin('audit', settings)
    expect([after.code, after.told]).toEqual([1, ''])
    expect(after.said).toMatch(/A2 {3}balances are the sums of their transfers .* 1 differ/)
    expect(after.said).toContain('customer_wallet of cus_1')
    const report = JSON.parse((await florin('audit --json', settings)).said) as AuditReport
    expect(report.clean).toBe(false)
    expect(report.findings[0]).toMatchObject({ check: 'A2', expected: '1.00 EUR', mode: 'test' })
    expect(report.checks.find((one) => one.check === 'A2')).toMatchObject({ findings: 1 })
  })

  it('cannot reach what is not there', async () => {
    const nowhere = await florin('audit', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/florin' })
    expect([nowhere.code, nowhere.said]).toEqual([5, ''])
    expect(nowhere.told).toContain('No PostgreSQL answers at 127.0.0.1:1')
    const empty = await florin('audit', { FLORIN_DATA: join(tmpdir(), 'florin-not-there') })
    expect([empty.code, empty.said]).toEqual([5, ''])
    expect(empty.told).toContain('There is no Florin data')
    const other = await florin('audit', { DATABASE_URL: withDatabase(clone.url, 'postgres') })
    expect([other.code, other.told]).toEqual([5, expect.stringContaining('start Florin on it')])
  })

  it('reads the embedded database, whether Florin runs or not', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'florin-cli-'))
    const running = await startEmbedded({ dataDir })
    await migrate(running.url)
    expect((await florin('audit', { FLORIN_DATA: dataDir })).code).toBe(0)
    expect(await findEmbedded(dataDir)).toBe(running.url)
    await running.stop()
    const alone = await florin('audit', { FLORIN_DATA: dataDir })
    expect([alone.code, alone.told]).toEqual([0, expect.stringContaining('Florin is not running')])
    expect(await findEmbedded(dataDir)).toBe(null)
    // As root the files are elsewhere, where the database's own user can reach them.
    const elsewhere = await readFile(join(dataDir, 'postgres-folder'), 'utf8').catch(() => '')
    for (const folder of [elsewhere.trim() || dataDir, dataDir]) {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

it('says what it can do, and what it cannot', async () => {
  const version = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'))
  expect(await florin('version')).toEqual({ code: 0, said: `${version.version}\n`, told: '' })
  expect((await florin('--help')).said).toContain('florin audit [--json]')
  const wrong = await florin('audits')
  expect([wrong.code, wrong.said]).toEqual([2, ''])
  expect(wrong.told).toContain('There is no command "audits".')
})
