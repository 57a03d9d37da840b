import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  FAILURE_REASONS,
  NEXT_STEPS,
  PAYMENT_FLAGS,
  PAYMENT_STATUSES,
  PURPOSES,
} from '#contract/payments.ts'
import { PERMISSIONS } from '#contract/permissions.ts'
import { TEST_CARDS } from '#gateways/sandbox/index.ts'
import { CHART } from '#server/ledger/index.ts'
import { WHY_NOT } from '#server/money/payments/index.ts'
import { FLAG_LOOKS, LOOKS } from '../ui/status.ts'
import { payment } from './payment/en.ts'
import { readable } from './say.ts'
import { words } from './words/en.ts'

/** Every code that a screen may have to say, by the group of words that says it. */
const CODES = {
  status: PAYMENT_STATUSES,
  flag: PAYMENT_FLAGS,
  reason: FAILURE_REASONS,
  reasonAdvice: FAILURE_REASONS,
  purpose: PURPOSES,
  nextStep: NEXT_STEPS,
  permission: PERMISSIONS,
  whyNot: [...Object.keys(WHY_NOT), 'permission_missing'],
  account: Object.keys(CHART),
  card: TEST_CARDS.map((card) => card.slug),
} as const satisfies Partial<Record<keyof typeof words, readonly string[]>>

describe('the codes of the wire', () => {
  it.each(Object.entries(CODES))('%s: each has words', (group, codes) => {
    const said: Readonly<Record<string, string>> = words[group as keyof typeof CODES]
    expect(codes.filter((code) => said[code] === undefined)).toEqual([])
  })

  it('every action has a label', () => {
    expect(Object.keys(payment.actions).sort()).toEqual([...ACTIONS].sort())
  })

  it('every status of a payment has its look, and every look its word', () => {
    expect(Object.keys(LOOKS.payment).sort()).toEqual([...PAYMENT_STATUSES].sort())
    expect(Object.keys(FLAG_LOOKS).filter((flag) => !(flag in words.flag))).toEqual([])
  })

  it('a code nobody has worded yet is still readable', () => {
    expect(readable('payment.refund_requested')).toBe('payment refund requested')
  })
})
