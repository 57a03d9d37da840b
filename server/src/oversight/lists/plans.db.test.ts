import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addManyPayments, type Listed, openListed } from '#test/listed.ts'
import { ask } from './actions/read-page.ts'
import { orderOf } from './order.ts'
import { PAYMENTS } from './store/payments.ts'
import { pageStatement } from './store/read.ts'

const ROWS = 20_000

let listed: Listed
beforeAll(async () => {
  listed = await openListed()
  await addManyPayments(listed, ROWS, new Date())
  await listed.owner.query({
    text: `insert into payment_search (merchant_id, mode, payment_id, words)
      select merchant_id, mode, id, lower(concat_ws(E'\\n', reference, payer_name, payer_email))
      from payments`,
  })
  await listed.owner.query({ text: 'vacuum analyze payment_search' })
}, 120_000)
afterAll(() => listed?.close())

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  Plans?: Plan[]
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

async function planOf(q: string): Promise<Plan[]> {
  const { florin, scope } = listed
  const reader = { db: florin.db, scope, now_ms: Date.now(), locale: 'en' } as const
  const asked = await ask(reader, PAYMENTS, q)
  const order = orderOf(PAYMENTS, undefined)
  if (!asked.ok || !order.ok) throw new Error(`"${q}" cannot be read`)
  const rows = { order: order.value, position: null, backward: false, limit: 26 }
  const { text, values } = pageStatement(PAYMENTS, scope, asked.value, rows)
  const [row] = await florin.db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
    text: `explain (analyze, format json) ${text}`,
    values,
  })
  return nodes(row?.['QUERY PLAN'][0].Plan as Plan)
}

const ID = `pay_01kd${'19999'.padStart(22, '0')}`

describe('a page of payments', () => {
  it.each([
    '',
    'status:failed',
    'status:succeeded',
    'status:unpaid',
    'status:partially_paid,expired',
    'gateway:paypal',
    'method:sepa',
    'currency:JPY',
    'amount:>100',
    'amount:10..20',
    'created:today',
    'created:7d',
    'shop:second',
    'customer:dupont',
    'email:payer7@example.com',
    'ref:A-77',
    'gref:ch_77x',
    'is:needs_action',
    'is:overpaid',
    'is:disputed',
    'reason:card_declined',
    `id:${ID}`,
    'payer7@example.com',
    'ch_77x',
    ID,
  ])('for "%s" does not read the whole table', async (q) => {
    const scans = (await planOf(q)).filter((node) => node['Relation Name'] === 'payments')
    expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan')
  })

  it.each(['payer', '-nobody', 'example.com', 'amount:>100', 'has:customer'])(
    'for "%s", which most have, reads the newest rows only',
    async (q) => {
      const scans = (await planOf(q)).filter((node) => node['Relation Name'] === 'payments')
      expect(scans.map((node) => node['Index Name'])).toContain('payments_pkey')
      for (const scan of scans) expect(scan['Actual Rows']).toBeLessThan(200)
    },
  )

  it.each([
    ['status:failed', 'payments_by_rare_status'],
    ['is:needs_action', 'payments_needing_action'],
    ['ref:A-77', 'payments_by_reference'],
    ['ref:A-777*', 'payments_by_reference'],
    ['gref:ch_77x', 'payments_by_gateway_ref'],
    ['payer7@example.com', 'payment_search_words'],
    [`id:${ID}`, 'payments_pkey'],
    ['created:yesterday', 'payments_pkey'],
    ['', 'payments_pkey'],
  ])('for "%s" uses %s', async (q, index) => {
    expect((await planOf(q)).map((node) => node['Index Name'])).toContain(index)
  })
})
