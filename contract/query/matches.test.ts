import { describe, expect, it } from 'vitest'
import { PAYMENT_STATUSES } from '../payments.ts'
import type { ResolvedQuery } from './ast.ts'
import { matches, parse, type QueryRecord, resolve, VOCABULARIES } from './index.ts'

const { payments } = VOCABULARIES
const CUS = 'cus_01h455vb4pex5vsknk084sn02q'

function resolved(text: string): ResolvedQuery {
  const read = parse(text, payments, { locale: 'en' })
  if (!read.ok) throw new Error(read.errors[0]?.sentence)
  const now_ms = Date.UTC(2026, 10, 20, 9, 30)
  return resolve(read.query, { now_ms, timeZone: 'Europe/Paris', vocabulary: payments })
}

const row: QueryRecord = {
  id: 'pay_01h455vb4pex5vsknk084sn02q',
  status: 'partially_paid',
  amount: { value: '49.90', currency: 'EUR' },
  credited: null,
  currency: 'EUR',
  created: Date.UTC(2026, 10, 20, 8),
  customer: [CUS, 'Jean Dupont', 'jean@example.com'],
  email: 'Jean@Example.com',
  name: 'Jean Dupont',
  ref: 'INV-2026-17',
  gateway: 'sandbox',
  gref: 'ch_3NabcXYZ9',
  last4: '4242',
  reason: null,
  text: '',
  env: 'test',
  flags: ['needs_action', 'partial', 'test'],
  meta: { order_ref: 'A-17' },
}

describe('a row passes', () => {
  it.each([
    '',
    '[P-016] status:unpaid',
    'status:partial',
    '-status:failed,expired',
    '[P-022] amount:49.9',
    'amount:>49.89 amount:<=49.90',
    'amount:10..49.90',
    'amount:1,2,49.90',
    'credited:none',
    '-credited:>0',
    '[P-025] created:today',
    'created:24h',
    'created:<=2026-11-20T09:00',
    'currency:eur,usd',
    '[P-026] customer:dupont',
    `customer:${CUS}`,
    'email:jean@example.com',
    'email:*@EXAMPLE.com',
    'name:jean* name:*DUPONT name:*an*',
    'ref:inv-2026-17',
    'ref:inv*',
    '[P-024] gateway:Sandbox,stripe',
    'gref:ch_3NabcXYZ9',
    'gref:CH_3*',
    'has:customer -has:reason',
    'text:none -has:text',
    '-reason:card_declined',
    'meta.order_ref:a-17 has:meta.order_ref',
    '-has:meta.other meta.other:none',
    '[F-017] env:both',
    '[F-020] is:needs_action -is:manual',
    'status:partial,failed is:partial',
    '[P-052] dupont',
    '49,90',
    '49.9',
    '[P-021] jean@example.com',
    '4242',
    'ch_3NabcXYZ9',
    'inv-2026',
    '"jean dup"',
    'pay_01h455vb4pex5vsknk084sn02q',
    CUS,
    '-"marie"',
  ])('%s', (text) => {
    expect(matches(resolved(text.replace(/^\[.*\] /, '')), row)).toBe(true)
  })
})

describe('a row does not pass', () => {
  it.each([
    'status:failed',
    '-status:unpaid',
    'amount:>49.90',
    'amount:4990',
    'credited:>0',
    'credited:<=0',
    'created:yesterday',
    'created:>2026-11-20T09:00',
    'email:jean@example',
    'name:dup*',
    'ref:2026',
    'gref:CH_3NabcXYZ9',
    '-customer:dupont',
    'reason:none has:reason',
    'meta.order_ref:A-1',
    'meta.constructor:x',
    'env:live',
    '-is:partial',
    'dupond',
    '49,91',
    '4243',
    'status:partial dupont is:manual',
  ])('%s', (text) => {
    expect(matches(resolved(text), row)).toBe(false)
  })
})

describe('resolving', () => {
  it('[P-011] [P-016] unpaid is every status but succeeded', () => {
    const passing = (text: string) =>
      PAYMENT_STATUSES.filter((status) => matches(resolved(text), { ...row, status }))
    const unpaid = PAYMENT_STATUSES.filter((status) => status !== 'succeeded')
    expect(passing('status:unpaid')).toEqual(unpaid)
    expect(passing('-status:unpaid')).toEqual(passing('status:Paid'))
  })

  it('expands a group and keeps each stored value once', () => {
    expect(resolved('status:in_progress,open,failed').all).toEqual([
      {
        source: 'key',
        term: 0,
        negated: false,
        any: [
          {
            test: 'one_of',
            key: 'status',
            values: ['open', 'processing', 'authorized', 'partially_paid', 'failed'],
          },
        ],
      },
    ])
  })

  it('turns free text into tests on the keys that may hold it', () => {
    const [condition] = resolved('-4242').all
    expect(condition).toMatchObject({ source: 'search', negated: true })
    expect(condition?.any).toContainEqual({ test: 'money', key: 'amount', op: '=', amount: '4242' })
    expect(condition?.any).toContainEqual({ test: 'one_of', key: 'last4', values: ['4242'] })
    expect(condition?.any).toContainEqual({
      test: 'text',
      key: 'ref',
      match: 'contains',
      text: '4242',
    })
  })

  it('asks for absence by has and by none alike', () => {
    const absent = [{ test: 'absent', key: 'reason' }]
    expect(resolved('has:reason').all[0]).toMatchObject({ negated: true, any: absent })
    expect(resolved('-has:reason').all[0]).toMatchObject({ negated: false, any: absent })
    expect(resolved('reason:none').all[0]).toMatchObject({ negated: false, any: absent })
  })

  it('fails loudly on a time zone that does not exist', () => {
    const read = parse('created:today', payments, { locale: 'en' })
    if (!read.ok) throw new Error('not read')
    const zone = { now_ms: 0, timeZone: 'Mars/Olympus', vocabulary: payments }
    expect(() => resolve(read.query, zone)).toThrow(RangeError)
  })
})
