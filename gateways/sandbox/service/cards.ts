import type { Step } from './charge.ts'

type Words = { readonly en: string; readonly fr: string }

/** What a test card or test token makes happen. */
export type Scenario = {
  readonly slug: string
  /** Digits only. */
  readonly number: string
  readonly brand: string
  readonly result: Words
  /** What submitting it does; `authenticate` asks the payer first. */
  readonly first: Step | { readonly do: 'authenticate' }
  /** What happens by itself afterwards, in order. `expiry` is the end of the checkout. */
  readonly later: readonly { readonly step: Step; readonly after: number | 'expiry' }[]
  /** The answer comes this much later than the charge. */
  readonly answer_delay_ms: number
  /** What becomes of a refund of such a charge. */
  readonly refunds: 'succeed' | 'pend' | 'fail'
}

const BRANDS: Readonly<Record<string, string>> = { 3: 'amex', 4: 'visa', 5: 'mastercard' }

function brandOf(number: string): string {
  return BRANDS[number[0] ?? ''] ?? 'unknown'
}

const card = (
  slug: string,
  number: string,
  result: Words,
  first: Scenario['first'],
  more: Partial<Scenario> = {},
): Scenario => ({
  slug,
  number,
  brand: brandOf(number),
  result,
  first,
  later: [],
  answer_delay_ms: 0,
  refunds: 'succeed',
  ...more,
})

const CAPTURE: Step = { do: 'capture' }
const WAIT: Step = { do: 'wait' }

/** Numbers that testers know from elsewhere keep their meaning; 4000 0000 001… are ours. */
export const TEST_CARDS: readonly Scenario[] = [
  card('success', '4242424242424242', { en: 'Succeeds', fr: 'Réussit' }, CAPTURE),
  card(
    'mastercard',
    '5555555555554444',
    { en: 'Succeeds (Mastercard)', fr: 'Réussit (Mastercard)' },
    CAPTURE,
  ),
  card(
    'amex',
    '378282246310005',
    { en: 'Succeeds (American Express)', fr: 'Réussit (American Express)' },
    CAPTURE,
  ),
  card('declined', '4000000000000002', { en: 'Declined', fr: 'Refusée' }, fail('card_declined')),
  card(
    'insufficient_funds',
    '4000000000009995',
    { en: 'Insufficient funds', fr: 'Fonds insuffisants' },
    fail('insufficient_funds'),
  ),
  card(
    'expired_card',
    '4000000000000069',
    { en: 'Expired card', fr: 'Carte expirée' },
    fail('expired_card'),
  ),
  card(
    'fraud_block',
    '4100000000000019',
    { en: 'Blocked as risky', fr: 'Bloquée car risquée' },
    fail('fraud_block'),
  ),
  card(
    'processing_error',
    '4000000000000119',
    { en: 'Processing error', fr: 'Erreur de traitement' },
    fail('processing_error'),
  ),
  card(
    '3ds',
    '4000002500003155',
    { en: 'Asks for 3-D Secure', fr: 'Demande 3-D Secure' },
    { do: 'authenticate' },
  ),
  card(
    'fails_later',
    '4000000000000341',
    { en: 'Accepted, then fails after 5 s', fr: 'Acceptée, puis échoue après 5 s' },
    WAIT,
    { later: [{ step: fail('card_declined'), after: 5_000 }] },
  ),
  card(
    'pending',
    '4000000000120008',
    { en: 'Pending, then paid after 15 s', fr: 'En attente, puis payée après 15 s' },
    WAIT,
    { later: [{ step: CAPTURE, after: 15_000 }] },
  ),
  card(
    'slow',
    '4000000000110009',
    { en: 'Succeeds, answers after 10 s', fr: 'Réussit, répond après 10 s' },
    CAPTURE,
    { answer_delay_ms: 10_000 },
  ),
  card(
    'partial',
    '4000000000130007',
    { en: 'Pays 60 % only', fr: 'Ne paie que 60 %' },
    { do: 'capture', percent: 60 },
  ),
  card(
    'late',
    '4000000000140006',
    { en: 'Pays after the checkout has expired', fr: 'Paie après l’expiration du paiement' },
    WAIT,
    {
      later: [
        { step: { do: 'expire' }, after: 'expiry' },
        { step: CAPTURE, after: 10_000 },
      ],
    },
  ),
  card(
    'canceled',
    '4000000000150005',
    { en: 'Canceled by the payer at the bank', fr: 'Annulée par le payeur à sa banque' },
    { do: 'cancel' },
  ),
  card(
    'refund_pending',
    '4000000000007726',
    { en: 'Succeeds; refunds take 5 s', fr: 'Réussit ; les remboursements prennent 5 s' },
    CAPTURE,
    { refunds: 'pend' },
  ),
  card(
    'refund_fails',
    '4000000000005126',
    { en: 'Succeeds; refunds fail after 5 s', fr: 'Réussit ; les remboursements échouent' },
    CAPTURE,
    { refunds: 'fail' },
  ),
]

function fail(failure: Extract<Step, { do: 'fail' }>['failure']): Step {
  return { do: 'fail', failure }
}

const bySlug = new Map(TEST_CARDS.map((scenario) => [scenario.slug, scenario]))
const byNumber = new Map(TEST_CARDS.map((scenario) => [scenario.number, scenario]))

export const scenarioOf = (slug: string): Scenario | null => bySlug.get(slug) ?? null

/** Tokens are `tok_` and a card's slug. */
export const scenarioOfToken = (token: string): Scenario | null =>
  token.startsWith('tok_') ? (bySlug.get(token.slice(4)) ?? null) : null

export type CardProblem = 'missing' | 'not_a_number' | 'not_a_test_card'

/** What a typed card number stands for. Real numbers are told apart from mistyped ones. */
export function readCardNumber(typed: string): Scenario | CardProblem {
  const number = typed.replace(/[\s-]/g, '')
  if (number === '') return 'missing'
  if (!/^[0-9]{12,19}$/.test(number) || !passesLuhn(number)) return 'not_a_number'
  return byNumber.get(number) ?? 'not_a_test_card'
}

/** ISO/IEC 7812-1, annex B. */
export function passesLuhn(number: string): boolean {
  let sum = 0
  for (let place = 0; place < number.length; place++) {
    const digit = number.charCodeAt(number.length - 1 - place) - 48
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** `4242 4242 4242 4242`, as it is read aloud. */
export const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ')
