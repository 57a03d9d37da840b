import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '#contract/people.ts'
import type { PageOf, Problem } from '#contract/shapes.ts'
import type { Event, Export, ListSummary } from '#contract/watching.ts'
import type { PaymentRow } from '#server/money/payments/index.ts'
import { sweepExports } from '#server/oversight/exports/index.ts'
import { enqueue } from '#server/platform/jobs.ts'
import { newId } from './books.ts'
import { download, ended, exported, readCsv } from './exported.ts'
import { type Api, eventually } from './florin.ts'
import {
  addManyPayments,
  addPayments,
  idAt,
  type Listed,
  openListed,
  paymentRow,
  seeded,
} from './listed.ts'

const DAY_MS = 86_400_000
const random = seeded(11)

let listed: Listed
let api: Api
let folder: string
beforeAll(async () => {
  listed = await openListed()
  api = listed.florin.api
  folder = join(listed.florin.config.dataDir, 'exports')
}, 120_000)
afterAll(() => listed?.close())

let made = 0
/** A payment of its own day, so that each test exports only what it made. */
async function add(
  shared: Partial<PaymentRow>,
  rows: Partial<PaymentRow>[],
): Promise<PaymentRow[]> {
  made += 1
  const at = Date.parse('2026-01-15T10:00:00Z') + made * 2 * DAY_MS
  const all = rows.map((row, index) => {
    const created_at = row.created_at ?? new Date(at - index * 1000)
    const id = idAt(created_at.getTime(), random)
    return paymentRow(listed, { ...shared, ...row, id, created_at })
  })
  await addPayments(listed, all)
  return all
}

const filesOf = (id: string): string[] => readdirSync(folder).filter((name) => name.startsWith(id))
const bytesOf = (file: Export): Buffer => {
  const [name = ''] = filesOf(file.id)
  return readFileSync(join(folder, name))
}

describe('an export', () => {
  it('carries the sums of its own rows while payments go on', async () => {
    await addManyPayments(listed, 20_000, new Date('2026-10-01T00:00:00Z'))
    const q = 'status:succeeded'
    const runs = Array.from({ length: 3 }, () => exported(api, { q, columns: ['id', 'amount'] }))
    for (let round = 0; round < 20; round++) {
      await add({ status: 'succeeded', amount: 777n }, [{}, { currency: 'JPY' }])
    }
    for (const file of await Promise.all(runs)) {
      const [, ...cells] = readCsv(await download(api, file))
      expect(cells).toHaveLength(file.rows_done)
      const bySum = Map.groupBy(cells, ([, , currency]) => currency ?? '')
      const sums = [...bySum].sort().map(([currency, rows]) => {
        const cents = rows.reduce(
          (sum, [, amount]) => sum + BigInt(amount?.replace('.', '') ?? 0),
          0n,
        )
        return [currency, rows.length, cents]
      })
      expect(
        file.sums.map(({ currency, count, amount }) => {
          return [currency, count, BigInt(amount.value.replace('.', ''))]
        }),
      ).toEqual(sums)
    }
    const last = await exported(api, { q, columns: ['id'] })
    const { body } = await api.get<ListSummary>(`/v1/payments/summary?q=${q}`)
    expect({ count: last.rows_done, sums: last.sums }).toEqual({
      count: body.count,
      sums: body.sums,
    })
  })

  it('keeps the order of the view', async () => {
    const rows = await add({}, [{ amount: 5n }, { amount: 900n }, { amount: 20n, currency: 'JPY' }])
    const q = `id:${rows.map(({ id }) => id).join(',')}`
    const file = await exported(api, { q, sort: '-amount', columns: ['amount'] })
    const [, ...cells] = readCsv(await download(api, file))
    expect(cells.map(([amount]) => amount)).toEqual(['20', '9.00', '0.05'])
  })

  it('stops within a second when told to, and begun again is the same file', async () => {
    const body = { q: 'status:failed', columns: ['id', 'amount', 'reference'] }
    const whole = await exported(api, body)
    const blocked = await blockPayments()
    const started = await api.post<Export>('/v1/exports', { list: 'payments', ...body })
    expect(started.headers.get('location')).toBe(`/v1/exports/${started.body.id}`)
    const { id } = started.body
    await eventually(async () => (await statusOf(id)) === 'running')
    await eventually(async () => (await copies()) === 1)
    const from = performance.now()
    expect((await api.post<Export>(`/v1/exports/${id}/cancel`)).body.status).toBe('canceled')
    await eventually(async () => filesOf(id).length === 0)
    expect(performance.now() - from).toBeLessThan(1000)
    expect((await api.get<Problem>(`/v1/exports/${id}/download`)).body.code).toBe(
      'export_not_ready',
    )
    await blocked.release()
    expect((await api.post<Export>(`/v1/exports/${id}/resume`)).status).toBe(202)
    const again = await ended(api, id)
    expect(again).toMatchObject({ status: 'done', sha256: whole.sha256, sums: whole.sums })
    expect(bytesOf(again).equals(bytesOf(whole))).toBe(true)
    expect((await api.post(`/v1/exports/${id}/resume`)).status).toBe(409)
    expect((await api.post(`/v1/exports/${id}/cancel`)).status).toBe(409)
  })

  it('is finished by another worker when the first one died with it', async () => {
    const body = { q: 'status:failed', columns: ['id', 'amount'] }
    const whole = await exported(api, body)
    // What a killed process leaves: a running row, half a file, a job whose lease ends by itself.
    const { owner, scope } = listed
    const id = newId('export')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${id}.dead.part`), '"id","amount"\n"pay_0')
    await owner.query({
      text: `insert into exports (merchant_id, mode, id, list, status, request, time_zone,
          rows_done, created_by_kind, created_at)
        select merchant_id, mode, $2, list, 'running', request, time_zone, 100, 'system', created_at
        from exports where id = $1`,
      values: [whole.id, id],
    })
    await enqueue(owner, newId, scope, [{ kind: 'export.run', key: id }])
    await owner.query({
      text: `update jobs set lease_until = now() + interval '1 s', fence = 7 where key = $1`,
      values: [id],
    })
    const done = await ended(api, id)
    expect(done).toMatchObject({ status: 'done', sha256: whole.sha256, rows_done: whole.rows_done })
  })

  it('is tried again when its connection breaks', async () => {
    const blocked = await blockPayments()
    const body = { list: 'payments', q: 'status:failed', columns: ['id'] }
    const { id } = (await api.post<Export>('/v1/exports', body)).body
    await eventually(async () => (await copies()) === 1)
    await listed.owner.query({ text: `select pg_terminate_backend(pid) ${COPIES}` })
    await eventually(async () => (await copies()) === 0)
    await blocked.release()
    const done = await ended(api, id)
    expect(done).toMatchObject({ status: 'done', rows_done: 500 })
    expect(filesOf(id)).toHaveLength(1)
  })

  it('says what it refuses', async () => {
    const post = (body: object) => api.post<Problem>('/v1/exports', { list: 'payments', ...body })
    const unknown = await post({ columns: ['id', 'password'] })
    expect([unknown.status, unknown.body.errors?.[0]?.pointer]).toEqual([422, '/columns/1'])
    expect((await post({ columns: ['id', 'id'] })).body.code).toBe('column_repeated')
    expect((await post({ columns: ["metadata.x') from payments--"] })).status).toBe(422)
    expect((await post({ q: 'statsu:x' })).body.code).toBe('query_invalid')
    expect((await post({ sort: 'secret' })).body.code).toBe('sort_invalid')
    expect((await post({ separator: "'" })).status).toBe(400)
    expect((await api.get(`/v1/exports/${newId('export')}`)).status).toBe(404)
    const reader = await listed.florin.as(['access_payments'])
    expect((await reader.get('/v1/exports')).status).toBe(403)
    const live = await listed.florin.as(['export_payments'], 'live')
    const file = await exported(api, { q: 'status:failed', columns: ['id'] })
    for (const path of ['', '/download']) {
      expect((await live.get(`/v1/exports/${file.id}${path}`)).status).toBe(404)
    }
  })

  it('is listed, announced and audited, and one key makes one export', async () => {
    const key = { 'idempotency-key': 'export-once-1' }
    const body = { list: 'payments', q: 'status:expired', columns: ['id'] }
    const [first, second] = [
      await api.post<Export>('/v1/exports', body, key),
      await api.post<Export>('/v1/exports', body, key),
    ]
    expect(second.body.id).toBe(first.body.id)
    const file = await ended(api, first.body.id)
    await download(api, file)
    const list = await api.get<PageOf<Export>>('/v1/exports?q=status:done')
    expect(list.body.data[0]).toEqual(file)
    const events = await api.get<PageOf<Event>>('/v1/events?limit=200')
    const told = events.body.data.filter(({ object_id }) => object_id === file.id)
    expect(told.map(({ type }) => type)).toEqual(['export.completed', 'export.created'])
    const audit = await api.get<PageOf<AuditEntry>>('/v1/audit_entries?limit=200')
    const done = audit.body.data.filter(({ object_id }) => object_id === file.id)
    expect(done.map(({ action }) => action)).toEqual(['export.download', 'export.create'])
  })

  it('loses its file after 14 days, and what dead workers left after one', async () => {
    const file = await exported(api, { q: 'status:failed', columns: ['id'] })
    const deps = { ...listed.florin.florin.deps, exportsDir: folder }
    const on = (days: number) => ({ ...deps, clock: { now: () => Date.now() + days * DAY_MS } })
    const stray = join(folder, `${newId('export')}.x.part`)
    writeFileSync(stray, 'half')
    utimesSync(stray, new Date(Date.now() - 2 * DAY_MS), new Date(Date.now() - 2 * DAY_MS))
    await sweepExports(on(0))
    expect(readdirSync(folder)).not.toContain(stray.split('/').at(-1))
    await sweepExports(on(13))
    expect(filesOf(file.id)).toHaveLength(1)
    await sweepExports(on(15))
    expect(filesOf(file.id)).toHaveLength(0)
    const gone = await api.get<Export>(`/v1/exports/${file.id}`)
    expect(gone.body).toMatchObject({ status: 'done', download_url: null, sha256: file.sha256 })
    expect((await api.get(`/v1/exports/${file.id}/download`)).status).toBe(410)
  })
})

const COPIES = `from pg_stat_activity where query like 'copy (%' and state = 'active'
  and datname = current_database()`
const copies = async (): Promise<number> =>
  (await listed.owner.query({ text: `select pid ${COPIES}` })).length

const statusOf = async (id: string): Promise<string> =>
  (await api.get<Export>(`/v1/exports/${id}`)).body.status

/** Nobody reads payments until it is released: an export stands still in its middle. */
async function blockPayments(): Promise<{ release: () => Promise<void> }> {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let locked: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    locked = resolve
  })
  const held = listed.owner.tx(async (tx) => {
    await tx.query({ text: 'lock table payments in access exclusive mode' })
    locked()
    await opened
  })
  await ready
  return {
    release: async () => {
      open()
      await held
    },
  }
}
