import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { environment } from '#server/config.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { askOf } from './ask.ts'
import { orderOf } from './order.ts'
import type { AnyList } from './spec.ts'
import { REFUNDS, TRANSACTIONS } from './store/money-lists.ts'
import { PAYMENTS } from './store/payments.ts'
import { linksList } from './store/people-lists.ts'
import { pageStatement } from './store/read.ts'

const FOLDER = fileURLToPath(new URL('../../../test/golden-sql/', import.meta.url))
const SCOPE = { merchantId: 'mer_01jd0000000000000000000000' as MerchantId, mode: 'test' } as const
const AT = {
  now_ms: Date.parse('2026-11-20T12:00:00Z'),
  timeZone: 'Europe/Paris',
  locale: 'en',
} as const
const ROW = { id: 'pay_01jd0000000000000000000000', value: '49.90' }
const LINKS = linksList(() => 'https://pay.example.com')

type Golden = { readonly list?: AnyList; readonly q: string; readonly sort?: string; after?: true }

const STATEMENTS: Readonly<Record<string, Golden>> = {
  everything: { q: '' },
  'one-status': { q: 'status:failed' },
  'several-statuses-but-not-a-reason': { q: 'status:unpaid -reason:card_declined' },
  'created-is-a-range-of-ids': { q: 'created:2026-10-01..2026-10-15' },
  'amount-above-in-any-currency': { q: 'amount:>100' },
  'amount-between': { q: 'amount:10..20 currency:EUR' },
  'needs-action': { q: 'is:needs_action' },
  'overpaid-and-not-manual': { q: 'is:overpaid -is:manual' },
  'text-with-wildcards': { q: 'ref:100%_* -name:*x has:customer' },
  'free-text': { q: 'dupont' },
  'free-number': { q: '49.90' },
  'not-this-free-text': { q: '-dupont' },
  metadata: { q: 'meta.order_ref:A-17' },
  'page-by-amount': { q: 'status:succeeded', sort: '-amount', after: true },
  'page-by-id': { q: '', after: true },
  'transactions-in-progress': { list: TRANSACTIONS, q: 'status:processing customer:ana' },
  'refunds-of-a-week': { list: REFUNDS, q: 'created:7d by:marie' },
  'open-links': { list: LINKS, q: 'status:open' },
}

/** Long lists of currencies say less than their length. */
const shown = (value: unknown): string => {
  if (typeof value === 'bigint') return String(value)
  if (!Array.isArray(value) || value.length <= 4) return JSON.stringify(value)
  return `${value.length} values: ${value.slice(0, 3).join(', ')}, …`
}

function statementOf({ list = PAYMENTS, q, sort, after }: Golden): string {
  const asked = askOf(list, q, AT)
  const order = orderOf(list, sort)
  if (!asked.ok || !order.ok) throw new Error(`"${q}" cannot be read`)
  const { text, values } = pageStatement(list, SCOPE, asked.value, {
    order: order.value,
    position: after ? ROW : null,
    backward: false,
    limit: 26,
  })
  const head = `-- ${list.name}: ${q || '(no filter)'}${sort ? `, sort=${sort}` : ''}\n`
  const tail = values.map((value, index) => `-- $${index + 1} = ${shown(value)}`).join('\n')
  return `${head}${text};\n${tail}\n`
}

describe('the SQL of a list', () => {
  it.each(Object.entries(STATEMENTS))('%s', async (name, golden) => {
    const file = `${FOLDER}${name}.sql`
    const found = statementOf(golden)
    if (environment().UPDATE_GOLDEN) await writeFile(file, found)
    expect(found).toBe(await readFile(file, 'utf8'))
  })

  it('has no file without a query', async () => {
    const names = (await readdir(FOLDER)).map((file) => file.replace('.sql', ''))
    expect(names.sort()).toEqual(Object.keys(STATEMENTS).sort())
  })
})
