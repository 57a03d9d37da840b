import type { PastCharge } from '#gateways/sandbox/index.ts'
import type { Dice } from './dice.ts'

/** The gateways of the demo. Only the sandbox is really there; of the others there is a history. */
export const GATEWAYS = ['sandbox', 'stripe', 'paypal', 'mollie', 'coinbase'] as const
export type GatewayName = (typeof GATEWAYS)[number]

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const BASE62 = `0123456789${LETTERS}IO${LETTERS.toLowerCase()}io`
const UPPER = `0123456789${LETTERS}`

export type Habits = {
  readonly label: string
  readonly methods: readonly {
    readonly slug: string
    readonly name: string
    readonly name_fr: string
  }[]
  /** Null: every currency. */
  readonly currencies: readonly string[] | null
  /** A part of what is captured, in hundredths of a percent, and an amount for each capture. */
  readonly fee: { readonly basis_points: bigint; readonly fixed: bigint }
  readonly chargeRef: (dice: Dice) => string
  readonly refundRef: (dice: Dice) => string
  /** What its own notices are called. */
  readonly says: Readonly<Record<Notice, string>>
}

export type Notice = 'pending' | 'paid' | 'part' | 'failed' | 'canceled' | 'expired' | 'refunded'

const card = { slug: 'card', name: 'Card', name_fr: 'Carte bancaire' }

export const HABITS: Readonly<Record<GatewayName, Habits>> = {
  sandbox: {
    label: 'Sandbox',
    methods: [card],
    currencies: null,
    fee: { basis_points: 150n, fixed: 0n },
    chargeRef: (dice) => `sch_${dice.text(CROCKFORD, 26)}`,
    refundRef: (dice) => `sre_${dice.text(CROCKFORD, 26)}`,
    says: {
      pending: 'charge.pending',
      paid: 'charge.succeeded',
      part: 'charge.partially_captured',
      failed: 'charge.failed',
      canceled: 'charge.canceled',
      expired: 'charge.expired',
      refunded: 'refund.succeeded',
    },
  },
  stripe: {
    label: 'Stripe Europe',
    methods: [{ slug: 'card-stripe', name: 'Card', name_fr: 'Carte bancaire' }],
    currencies: ['EUR', 'USD', 'JPY', 'KWD'],
    fee: { basis_points: 150n, fixed: 25n },
    chargeRef: (dice) => `pi_3${dice.text(BASE62, 23)}`,
    refundRef: (dice) => `re_3${dice.text(BASE62, 23)}`,
    says: {
      pending: 'payment_intent.processing',
      paid: 'payment_intent.succeeded',
      part: 'payment_intent.partially_funded',
      failed: 'payment_intent.payment_failed',
      canceled: 'payment_intent.canceled',
      expired: 'payment_intent.canceled',
      refunded: 'charge.refunded',
    },
  },
  paypal: {
    label: 'PayPal Business',
    methods: [{ slug: 'paypal', name: 'PayPal', name_fr: 'PayPal' }],
    currencies: ['EUR', 'USD'],
    fee: { basis_points: 290n, fixed: 35n },
    chargeRef: (dice) => dice.text(UPPER, 17),
    refundRef: (dice) => dice.text(UPPER, 17),
    says: {
      pending: 'PAYMENT.CAPTURE.PENDING',
      paid: 'PAYMENT.CAPTURE.COMPLETED',
      part: 'PAYMENT.CAPTURE.COMPLETED',
      failed: 'PAYMENT.CAPTURE.DENIED',
      canceled: 'CHECKOUT.ORDER.VOIDED',
      expired: 'CHECKOUT.ORDER.VOIDED',
      refunded: 'PAYMENT.CAPTURE.REFUNDED',
    },
  },
  mollie: {
    label: 'Mollie',
    methods: [
      { slug: 'bancontact', name: 'Bancontact', name_fr: 'Bancontact' },
      { slug: 'ideal', name: 'iDEAL', name_fr: 'iDEAL' },
    ],
    currencies: ['EUR'],
    fee: { basis_points: 0n, fixed: 32n },
    chargeRef: (dice) => `tr_${dice.text(BASE62, 10)}`,
    refundRef: (dice) => `re_${dice.text(BASE62, 10)}`,
    says: {
      pending: 'payment',
      paid: 'payment',
      part: 'payment',
      failed: 'payment',
      canceled: 'payment',
      expired: 'payment',
      refunded: 'payment',
    },
  },
  coinbase: {
    label: 'Coinbase Commerce',
    methods: [{ slug: 'bitcoin', name: 'Bitcoin', name_fr: 'Bitcoin' }],
    currencies: ['BTC'],
    fee: { basis_points: 100n, fixed: 0n },
    chargeRef: (dice) => dice.text(UPPER, 8),
    refundRef: (dice) => `payout-${dice.text(UPPER, 10)}`,
    says: {
      pending: 'charge:pending',
      paid: 'charge:confirmed',
      part: 'charge:underpaid',
      failed: 'charge:failed',
      canceled: 'charge:failed',
      expired: 'charge:expired',
      refunded: 'charge:refunded',
    },
  },
}

/** What a gateway keeps of a capture, rounded down as the sandbox does; never more than half. */
export function feeOf(gateway: GatewayName, captured: bigint): bigint {
  const { basis_points, fixed } = HABITS[gateway].fee
  const fee = (captured * basis_points) / 10_000n + fixed
  return fee > captured / 2n ? captured / 2n : fee
}

/** What the sandbox calls the state of a charge. */
export function sandboxStatus(
  state: string,
  part: boolean,
  reason: string | null,
): PastCharge['status'] {
  if (state === 'approved') return part ? 'partially_captured' : 'succeeded'
  if (state !== 'rejected') return state === 'pending' ? 'pending' : 'action_required'
  if (reason === 'customer_canceled') return 'canceled'
  return reason === 'session_expired' ? 'expired' : 'failed'
}

/** By what a currency is paid: a gateway, or money that somebody took in hand. */
export type Till = GatewayName | 'cash' | 'bank_transfer'

const TILLS: Readonly<Record<string, readonly (readonly [number, Till])[]>> = {
  EUR: [
    [40, 'sandbox'],
    [26, 'stripe'],
    [14, 'paypal'],
    [12, 'mollie'],
    [3, 'cash'],
    [5, 'bank_transfer'],
  ],
  USD: [
    [44, 'sandbox'],
    [32, 'stripe'],
    [20, 'paypal'],
    [4, 'bank_transfer'],
  ],
  JPY: [
    [55, 'sandbox'],
    [45, 'stripe'],
  ],
  KWD: [
    [60, 'sandbox'],
    [40, 'stripe'],
  ],
  XOF: [
    [55, 'sandbox'],
    [30, 'cash'],
    [15, 'bank_transfer'],
  ],
  BTC: [
    [25, 'sandbox'],
    [75, 'coinbase'],
  ],
}

/** Without a sandbox (SANDBOX=off) its share goes to the others. */
export function tillOf(currency: string, sandbox: boolean, dice: Dice): Till {
  const all = TILLS[currency] ?? TILLS.EUR ?? []
  return dice.draw(all.filter(([, till]) => sandbox || till !== 'sandbox'))
}

export const isGateway = (till: Till): till is GatewayName =>
  (GATEWAYS as readonly string[]).includes(till)
