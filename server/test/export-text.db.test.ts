import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PAYMENT_COLUMNS } from '#contract/columns.ts'
import type { Export } from '#contract/watching.ts'
import type { PaymentRow } from '#server/money/payments/index.ts'
import { download, exported, readCsv } from './exported.ts'
import type { Api } from './florin.ts'
import { addPayments, idAt, type Listed, openListed, paymentRow, seeded } from './listed.ts'

const random = seeded(11)

let listed: Listed
let api: Api
beforeAll(async () => {
  listed = await openListed()
  api = listed.florin.api
})
afterAll(() => listed?.close())

/** Newest first, as a list shows them. */
async function add(
  shared: Partial<PaymentRow>,
  rows: readonly Partial<PaymentRow>[],
): Promise<PaymentRow[]> {
  const at = Date.parse('2026-01-15T10:00:00Z')
  const all = rows.map((row, index) => {
    const created_at = row.created_at ?? new Date(at - index * 1000)
    const id = idAt(created_at.getTime(), random)
    return paymentRow(listed, { ...shared, ...row, id, created_at })
  })
  await addPayments(listed, all)
  return all
}

const bytesOf = (file: Export): Buffer => {
  const folder = join(listed.florin.config.dataDir, 'exports')
  const name = readdirSync(folder).find((one) => one.startsWith(file.id))
  return readFileSync(join(folder, name ?? ''))
}

describe('the text of a file', () => {
  const HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '   +1',
    '"=1"',
    "'=1",
    '\u00a0=1',
    '\u3000=1',
    '\ufeff=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    '\u2212 1',
    '\tplain',
    '=cmd|"/c calc"!A1',
    '-2+3+cmd|"/c calc"!A1',
  ]
  const HARMLESS = [
    'plain',
    'a,b;c',
    'say "hi"',
    'two\nlines',
    'tab\tinside',
    '\\.',
    '\\N',
    'a=b',
    '1-1',
    'Zoë 🙂',
    "it's",
    '# -*-',
    '%1',
    '(=1)',
  ]
  const FIELDS = [
    'payer_name',
    'payer_email',
    'reference',
    'description',
    'method',
    'gateway_ref',
  ] as const

  it.each([',', ';'] as const)(
    'stays text in every field, with "%s" between cells',
    async (separator) => {
      const texts = [...HOSTILE, ...HARMLESS]
      const rows = await add(
        { card_last4: '4242', reason: 'other' },
        texts.map((text) => ({
          ...Object.fromEntries(FIELDS.map((field) => [field, text])),
          card_brand: text,
          created_by_name: text,
          country: text,
          metadata: { note: text },
        })),
      )
      const columns = [...FIELDS, 'customer', 'card', 'country', 'created_by', 'metadata.note']
      const q = `id:${rows.map(({ id }) => id).join(',')}`
      const file = await exported(api, { q, columns, separator })
      expect(file.rows_done).toBe(texts.length)
      const [head, ...cells] = readCsv(await download(api, file), separator)
      expect(head).toEqual(columns)
      for (const [index, text] of texts.entries()) {
        const guard = index < HOSTILE.length ? "'" : ''
        const expected = columns.map((column) => {
          return guard + (column === 'card' ? `${text} ···· 4242` : text)
        })
        expect(cells[index]).toEqual(expected)
      }
    },
  )

  it('writes amounts in the digits of their currency, and never guards a number', async () => {
    const rows = await add({ status: 'succeeded' }, [
      { currency: 'EUR', amount: 123_456n, captured: 100n, refunded: 150n, credited: 5n },
      { currency: 'JPY', amount: 1200n, captured: 1200n, fee: 7n },
      { currency: 'KWD', amount: 1234n, captured: 1234n },
      { currency: 'BTC', amount: 1n, captured: 1n },
      { currency: 'ETH', amount: 4_000_000_000_000_000_000n },
    ])
    const columns = [
      'amount',
      'captured_amount',
      'refunded_amount',
      'fee_amount',
      'net_amount',
      'credited_amount',
    ]
    const q = `id:${rows.map(({ id }) => id).join(',')}`
    const [head, ...cells] = readCsv(await download(api, await exported(api, { q, columns })))
    expect(head).toEqual(['amount', 'currency', ...columns.slice(1)])
    expect(cells).toEqual([
      ['1234.56', 'EUR', '1.00', '1.50', '0.00', '-0.50', '0.05'],
      ['1200', 'JPY', '1200', '0', '7', '1193', ''],
      ['1.234', 'KWD', '1.234', '0.000', '0.000', '1.234', ''],
      ['0.00000001', 'BTC', '0.00000001', '0.00000000', '0.00000000', '0.00000001', ''],
      [
        '4000000000.000000000',
        'ETH',
        '0.000000000',
        '0.000000000',
        '0.000000000',
        '0.000000000',
        '',
      ],
    ])
  })

  it('writes times in the merchant’s zone with their offset', async () => {
    const rows = await add({}, [
      {
        created_at: new Date('2026-07-01T23:30:00Z'),
        processed_at: new Date('2026-01-01T00:00:00Z'),
      },
    ])
    const body = { q: `id:${rows[0]?.id}`, columns: ['created_at', 'processed_at', 'expires_at'] }
    const file = await exported(api, body)
    expect(file.time_zone).toBe('Europe/Paris')
    const [, cells] = readCsv(await download(api, file))
    expect(cells).toEqual(['2026-07-02T01:30:00+02:00', '2026-01-01T01:00:00+01:00', ''])
  })

  it('has the columns of the view in their order, under the reader’s words', async () => {
    const rows = await add({}, [{ reference: 'R' }])
    const q = `id:${rows[0]?.id}`
    const named = async (body: object) =>
      readCsv(await download(api, await exported(api, { q, ...body })), ';')[0]
    const columns = ['status', 'reference', 'created_at']
    expect(await named({ columns, separator: ';' })).toEqual(columns)
    const french = { columns, separator: ';', locale: 'fr', bom: true }
    expect(await named(french)).toEqual(['Statut', 'Référence', 'Session créée'])
    const every = await named({ separator: ';', locale: 'en' })
    expect(every).toEqual(Object.values(PAYMENT_COLUMNS).map(({ en }) => en))
  })

  it('begins with a mark only when asked to, and is what its digest says', async () => {
    const rows = await add({}, [{}])
    const q = `id:${rows[0]?.id}`
    for (const bom of [true, false]) {
      const file = await exported(api, { q, columns: ['id'], bom })
      const bytes = bytesOf(file)
      expect(bytes.subarray(0, 3).equals(Buffer.from('\uFEFF'))).toBe(bom)
      expect(file.bytes).toBe(bytes.length)
      expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect(file.file_name).toMatch(/^payments_\d{4}-\d\d-\d\d_\d{4}\.csv$/)
    }
  })

  it('of no rows is its head', async () => {
    const file = await exported(api, { q: 'gateway:nobody', columns: ['id'] })
    expect(file).toMatchObject({ status: 'done', rows_done: 0, rows_total: 0, sums: [] })
    expect(await download(api, file)).toBe('"id"\n')
  })
})
