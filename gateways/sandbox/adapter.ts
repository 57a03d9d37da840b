import type {
  Gateway,
  GatewayAccountConfig,
  GatewayCall,
  GatewayHttp,
  HttpAnswer,
  LookUp,
  ObjectFacts,
  Outcome,
  RefundFact,
} from '#gateway-kit'
import {
  type ChargeAnswer,
  readCharge,
  readCharges,
  readError,
  readRefund,
  reasonOf,
} from './answers.ts'
import { toDecimal } from './currencies.ts'
import { readEvent } from './signed-events.ts'

/**
 * The embedded default gateway: a pretend payment company that no real money can reach, spoken to
 * over HTTP like any other. `base_url` is where that company is mounted, e.g. `…/sandbox`.
 */
export const sandboxGateway: Gateway = {
  name: 'sandbox',
  label: 'Sandbox',
  capabilities: {
    idempotency: 'key',
    resend_window_ms: 24 * 60 * 60 * 1000,
    look_up: 'by_our_reference',
    look_up_lag_ms: 0,
    refunds: 'partial',
    charge_with_token: true,
    currencies: null,
  },
  credentials: [
    { name: 'account_ref', label: { en: 'Account', fr: 'Compte' }, secret: false },
    { name: 'api_key', label: { en: 'API key', fr: 'Clé API' }, secret: true },
    {
      name: 'webhook_secret',
      label: { en: 'Event signing secret', fr: 'Secret de signature des événements' },
      secret: true,
    },
    {
      name: 'webhook_secret_previous',
      label: {
        en: 'Previous signing secret, while it is being replaced',
        fr: 'Ancien secret de signature, pendant son remplacement',
      },
      secret: true,
    },
  ],
  methods: [{ slug: 'card', label: { en: 'Card', fr: 'Carte bancaire' } }],
  prepareCheckout: (_, request) =>
    call('/v1/checkouts', request.transaction_id, {
      ...money(request.amount.amount, request.amount.currency),
      transaction_id: request.transaction_id,
      reference: request.reference,
      description: request.description,
      locale: request.locale,
      return_url: request.return_url,
      cancel_url: request.cancel_url,
      event_url: request.event_url,
      expires_at: request.expires_at_s,
    }),
  prepareCharge: (_, request) =>
    call('/v1/charges', request.transaction_id, {
      ...money(request.amount.amount, request.amount.currency),
      transaction_id: request.transaction_id,
      reference: request.reference,
      description: request.description,
      token: request.token,
      event_url: request.event_url,
    }),
  prepareRefund: (_, request) =>
    call('/v1/refunds', request.transaction_id, {
      ...money(request.amount.amount, request.amount.currency),
      transaction_id: request.transaction_id,
      charge: request.charge_ref,
      reason: request.reason,
    }),
  sendCharge: async (account, frozen, http) =>
    outcomeOf(await post(account, frozen, http), readCharge, chargeOutcome),
  sendRefund: async (account, frozen, http) =>
    outcomeOf(await post(account, frozen, http), readRefund, refundOutcome),
  lookUp: async (account, request, http) => {
    const { gateway_ref, transaction_id } = request
    const path =
      gateway_ref === null
        ? `/v1/charges?transaction_id=${encodeURIComponent(transaction_id)}`
        : `/v1/charges/${encodeURIComponent(gateway_ref)}`
    const url = account.base_url + path
    return lookUpOf(await http({ method: 'GET', url, headers: authorization(account) }))
  },
  readEvent,
  dashboardUrl: (account, gateway_ref) =>
    `${account.base_url}/dashboard/charges/${encodeURIComponent(gateway_ref)}`,
}

const money = (amount: bigint, currency: string) => ({
  amount: toDecimal(amount, currency),
  currency,
})

const call = (path: string, idempotency_key: string, body: object): GatewayCall => ({
  method: 'POST',
  path,
  body: JSON.stringify(body),
  idempotency_key,
})

const authorization = (account: GatewayAccountConfig) => ({
  authorization: `Bearer ${account.credentials.api_key ?? ''}`,
  accept: 'application/json',
})

const post = (account: GatewayAccountConfig, frozen: GatewayCall, http: GatewayHttp) =>
  http({
    method: frozen.method,
    url: account.base_url + frozen.path,
    headers: {
      ...authorization(account),
      'content-type': 'application/json',
      'idempotency-key': frozen.idempotency_key,
    },
    body: frozen.body,
  })

/** Answers of these statuses are refusals; any other that is not 2xx or 429 proves nothing. */
const REFUSING = new Set([400, 401, 402, 403, 404])

function outcomeOf<Answer, T>(
  answer: HttpAnswer,
  read: (body: string) => Answer | null,
  settle: (read: Answer) => Outcome<T>,
): Outcome<T> {
  if (answer.kind !== 'answer') return answer
  const { status, body, retry_after_ms } = answer
  if (status === 200 || status === 201) {
    const found = read(body)
    if (found !== null) return settle(found)
    return { kind: 'unknown', message: 'The answer does not read as the sandbox writes it.' }
  }
  const error = readError(body)
  if (status === 429) {
    const message = error?.message ?? 'Too many requests.'
    return {
      kind: 'rate_limited',
      message,
      ...(retry_after_ms === undefined ? {} : { retry_after_ms }),
    }
  }
  if (error === null || !REFUSING.has(status)) {
    return { kind: 'unknown', message: `Answer ${status}${error ? `: ${error.message}` : ''}` }
  }
  return {
    kind: 'rejected',
    reason: status === 401 || status === 403 ? 'credentials_refused' : reasonOf(error.code),
    message: error.message,
    ...(error.charge === undefined ? {} : { gateway_ref: error.charge }),
  }
}

function chargeOutcome({ facts, redirect_url }: ChargeAnswer): Outcome<ObjectFacts> {
  const { gateway_ref, status } = facts
  const found = { gateway_ref, object: facts }
  if (status === 'succeeded') return { kind: 'approved', ...found }
  if (status === 'pending') return { kind: 'pending', ...found }
  if (status === 'action_required') {
    return { kind: 'action_required', ...found, ...(redirect_url === null ? {} : { redirect_url }) }
  }
  const message = facts.message ?? `The charge is ${status}.`
  return { kind: 'rejected', reason: facts.reason ?? 'other', message, gateway_ref }
}

function refundOutcome(fact: RefundFact): Outcome<RefundFact> {
  const { gateway_ref, status } = fact
  if (status === 'succeeded') return { kind: 'approved', gateway_ref, object: fact }
  if (status === 'pending') return { kind: 'pending', gateway_ref, object: fact }
  const message = fact.message ?? 'The refund failed.'
  return { kind: 'rejected', reason: 'refund_refused', message, gateway_ref }
}

/** Two charges under one reference cannot be told apart by guessing: that stays unknown. */
function lookUpOf(answer: HttpAnswer): LookUp {
  if (answer.kind !== 'answer') return { kind: 'unknown', message: answer.message }
  const { status, body } = answer
  const error = readError(body)
  if (status === 404 && error?.code === 'not_found') return { kind: 'not_found' }
  const one = status === 200 ? readCharge(body) : null
  const found = one ? [one] : status === 200 ? readCharges(body) : null
  if (found === null) {
    return { kind: 'unknown', message: `Answer ${status}${error ? `: ${error.message}` : ''}` }
  }
  const [charge, other] = found
  if (charge === undefined) return { kind: 'not_found' }
  if (other === undefined) return { kind: 'found', facts: charge.facts }
  const refs = `${charge.facts.gateway_ref} and ${other.facts.gateway_ref}`
  return { kind: 'unknown', message: `Two charges carry this reference: ${refs}.` }
}
