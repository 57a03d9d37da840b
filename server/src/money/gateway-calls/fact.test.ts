import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObjectFacts } from '#gateway-kit'
import type { TransactionRow, TransactionState } from '#server/money/transactions/index.ts'
import { mergeState, mismatchOf } from './fact.ts'

const OBJECT: ObjectFacts = {
  gateway_ref: 'ch_1',
  transaction_id: 'txn_1',
  account_ref: 'acct_1',
  mode: 'test',
  currency: 'EUR',
  requested: 1000n,
  captured: 1000n,
  fee: 0n,
  status: 'succeeded',
  refunds: [],
  reason: null,
  message: null,
  card: null,
  country: null,
  details: {},
}
const CHARGE = {
  id: 'txn_1',
  gateway_ref: null,
  currency: 'EUR',
  amount: 1000n,
} as unknown as TransactionRow
const ACCOUNT = { account_ref: 'acct_1', mode: 'test' }

describe('merging what a gateway says', () => {
  const said = fc.constantFrom<ObjectFacts['status']>(
    'created',
    'action_required',
    'pending',
    'authorized',
    'failed',
    'canceled',
    'expired',
  )
  const history = fc.array(
    fc.oneof(
      said.map((status) => ({ ...OBJECT, status, captured: 0n })),
      fc.constant(OBJECT),
    ),
    { minLength: 1, maxLength: 8 },
  )
  const end = (all: readonly ObjectFacts[]): TransactionState =>
    all.reduce<TransactionState>(mergeState, 'dispatched')

  it('ends the same in every order, with repeats', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (all, dice) => {
        const shuffled = [...all, ...all]
          .map((one) => ({ one, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
        expect(end(shuffled)).toBe(end(all))
      }),
    )
  })

  it('never takes back what was approved, and believes "succeeded" only with money', () => {
    expect(mergeState('approved', { ...OBJECT, status: 'failed', captured: 0n })).toBe('approved')
    expect(mergeState('rejected', OBJECT)).toBe('approved')
    expect(mergeState('pending', { ...OBJECT, captured: 0n })).toBe('pending')
  })
})

describe('a fact of somebody else', () => {
  it.each([
    ['other_account', { account_ref: 'acct_2' }],
    ['other_mode', { mode: 'live' }],
    ['other_object', { transaction_id: 'txn_2' }],
    ['other_currency', { currency: 'USD' }],
    ['other_amount', { requested: 999n }],
    ['other_amount', { captured: 1001n }],
  ] as const)('is known as %s', (reason, change) => {
    expect(mismatchOf({ ...OBJECT, ...change }, CHARGE, ACCOUNT)).toBe(reason)
  })

  it('passes when everything is ours', () => {
    expect(mismatchOf(OBJECT, CHARGE, ACCOUNT)).toBe(null)
    expect(mismatchOf(OBJECT, { ...CHARGE, gateway_ref: 'ch_2' }, ACCOUNT)).toBe('other_object')
  })
})
