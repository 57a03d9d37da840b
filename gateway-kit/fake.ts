import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Outcome } from './outcome.ts'
import type {
  Capabilities,
  ChargeRequest,
  CheckoutRequest,
  Gateway,
  GatewayAccountConfig,
  GatewayCall,
  IncomingEvent,
  LookUp,
  ObjectFacts,
  RefundFact,
  RefundRequest,
} from './port.ts'

/** What the next send does. Effects are made once per key, whatever the answers say. */
export type FakeBehaviour =
  | 'approve'
  | 'decline'
  | 'pending'
  | 'action_required'
  /** Takes 60 % of the amount. */
  | 'partial'
  /** The effect is made and the answer is lost. */
  | 'unknown_made'
  | 'unknown_not_made'
  | 'not_sent'
  | 'rate_limited'

export type FakeGateway = {
  readonly gateway: Gateway
  readonly account: GatewayAccountConfig
  /** Each send uses one up; with none left it approves (a checkout waits for its payer). */
  readonly script: (...next: FakeBehaviour[]) => void
  readonly scriptLookUps: (...next: ('truth' | 'unknown' | 'not_found')[]) => void
  /** What happens at the vendor's side. `captured` is in minor units, all of it by default. */
  readonly pay: (gateway_ref: string, captured?: bigint) => void
  readonly end: (gateway_ref: string, status: 'failed' | 'canceled' | 'expired') => void
  readonly refundOutside: (gateway_ref: string, amount: bigint) => void
  /** A genuine event about a charge as it stands. */
  readonly event: (gateway_ref: string, type?: string) => IncomingEvent
  readonly sign: (body: string, at_ms: number, secret?: string) => IncomingEvent
  readonly calls: readonly GatewayCall[]
  readonly charges: () => readonly ObjectFacts[]
}

const ACCOUNT: GatewayAccountConfig = {
  id: 'gwa_fake',
  mode: 'test',
  base_url: 'https://fake.invalid',
  credentials: {
    account_ref: 'fake_account',
    webhook_secret: 'fake secret',
    webhook_secret_previous: 'fake previous secret',
  },
}

const CAPABILITIES: Capabilities = {
  idempotency: 'key',
  resend_window_ms: 24 * 60 * 60 * 1000,
  look_up: 'by_our_reference',
  look_up_lag_ms: 0,
  refunds: 'partial',
  charge_with_token: true,
  currencies: null,
}

type Kept = { readonly body: string; readonly gateway_ref: string; readonly made_ms: number }
type Vendor = {
  readonly charges: Map<string, ObjectFacts>
  readonly answered: Map<string, Kept>
  readonly calls: GatewayCall[]
  readonly script: FakeBehaviour[]
  readonly lookUps: ('truth' | 'unknown' | 'not_found')[]
  readonly now_ms: () => number
  readonly window_ms: number
  made: number
}

/** A vendor in memory, to be told what to do. It speaks no HTTP. */
export function fakeGateway(options: {
  readonly now_ms: () => number
  readonly capabilities?: Partial<Capabilities>
}): FakeGateway {
  const capabilities = { ...CAPABILITIES, ...options.capabilities }
  const vendor: Vendor = {
    charges: new Map(),
    answered: new Map(),
    calls: [],
    script: [],
    lookUps: [],
    now_ms: options.now_ms,
    window_ms: capabilities.idempotency === 'key' ? capabilities.resend_window_ms : 0,
    made: 0,
  }
  const change = (gateway_ref: string, with_: (facts: ObjectFacts) => Partial<ObjectFacts>) => {
    const facts = chargeOf(vendor, gateway_ref)
    vendor.charges.set(gateway_ref, { ...facts, ...with_(facts) })
  }
  return {
    gateway: gatewayOf(vendor, capabilities),
    account: ACCOUNT,
    script: (...next) => void vendor.script.push(...next),
    scriptLookUps: (...next) => void vendor.lookUps.push(...next),
    pay: (ref, captured) =>
      change(ref, (facts) => ({ status: 'succeeded', captured: captured ?? facts.requested })),
    end: (ref, status) => change(ref, () => ({ status, reason: 'other', message: status })),
    refundOutside: (ref, amount) =>
      change(ref, (facts) => ({
        refunds: [...facts.refunds, refundFact(vendor, null, amount, 'succeeded')],
      })),
    event: (ref, type = 'charge.updated') => {
      const { transaction_id } = chargeOf(vendor, ref)
      vendor.made += 1
      const id = `fev_${vendor.made}`
      const account = ACCOUNT.credentials.account_ref
      const created_ms = vendor.now_ms()
      const event = { id, type, account, mode: ACCOUNT.mode, created_ms, charge: ref }
      return sign(JSON.stringify({ ...event, transaction_id }), created_ms)
    },
    sign,
    calls: vendor.calls,
    charges: () => [...vendor.charges.values()],
  }
}

const digest = (secret: string, time: string, body: string | Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest()

function sign(
  body: string,
  at_ms: number,
  secret = ACCOUNT.credentials.webhook_secret ?? '',
): IncomingEvent {
  const time = `${Math.floor(at_ms / 1000)}`
  const signature = `${time} ${digest(secret, time, body).toString('hex')}`
  return { headers: { 'fake-signature': signature }, body: Buffer.from(body), now_ms: at_ms }
}

function gatewayOf(vendor: Vendor, capabilities: Capabilities): Gateway {
  return {
    name: 'fake',
    label: 'Fake',
    capabilities,
    credentials: [],
    methods: [{ slug: 'card', label: { en: 'Card', fr: 'Carte bancaire' } }],
    prepareCheckout: (_, request) => prepare('/checkouts', request),
    prepareCharge: (_, request) => prepare('/charges', request),
    prepareRefund: (_, request) => prepare('/refunds', request),
    sendCharge: async (_, call) => sendCharge(vendor, call),
    sendRefund: async (_, call) => sendRefund(vendor, call),
    lookUp: async (_, { gateway_ref, transaction_id }): Promise<LookUp> => {
      const answer = vendor.lookUps.shift() ?? 'truth'
      if (answer === 'unknown') return { kind: 'unknown', message: 'The look-up was lost.' }
      const facts = [...vendor.charges.values()].find((one) =>
        gateway_ref === null
          ? one.transaction_id === transaction_id ||
            one.refunds.some((refund) => refund.transaction_id === transaction_id)
          : one.gateway_ref === gateway_ref,
      )
      if (answer === 'not_found' || facts === undefined) return { kind: 'not_found' }
      return { kind: 'found', facts }
    },
    readEvent,
    dashboardUrl: () => null,
  }
}

type AnyRequest = CheckoutRequest | ChargeRequest | RefundRequest

function prepare(path: string, request: AnyRequest): GatewayCall {
  const { amount, ...rest } = request
  const body = JSON.stringify({ ...rest, amount: `${amount.amount}`, currency: amount.currency })
  return { method: 'POST', path, body, idempotency_key: request.transaction_id }
}

type Sent = {
  readonly transaction_id: string
  readonly amount: string
  readonly currency: string
  readonly charge_ref?: string
}

/** An answer that does not depend on the effect, or null to make it. */
function lost(vendor: Vendor, call: GatewayCall, behaviour: FakeBehaviour): Outcome<never> | null {
  vendor.calls.push(call)
  const kept = vendor.answered.get(call.idempotency_key)
  if (behaviour === 'not_sent') return { kind: 'not_sent', message: 'Connection refused.' }
  if (behaviour === 'rate_limited') return { kind: 'rate_limited', message: 'Too many requests.' }
  if (behaviour === 'unknown_not_made') return { kind: 'unknown', message: 'The call was lost.' }
  if (kept !== undefined && kept.body !== call.body) {
    return { kind: 'unknown', message: 'This key came with another body.' }
  }
  return null
}

/** What was made under this key inside the window. */
function earlier(vendor: Vendor, call: GatewayCall): string | null {
  const kept = vendor.answered.get(call.idempotency_key)
  const over = kept === undefined || kept.made_ms + vendor.window_ms <= vendor.now_ms()
  return over ? null : kept.gateway_ref
}

function keep(vendor: Vendor, call: GatewayCall, gateway_ref: string): void {
  const made_ms = vendor.now_ms()
  vendor.answered.set(call.idempotency_key, { body: call.body, gateway_ref, made_ms })
}

function sendCharge(vendor: Vendor, call: GatewayCall): Outcome<ObjectFacts> {
  const behaviour = vendor.script.shift() ?? 'approve'
  const gone = lost(vendor, call, behaviour)
  if (gone !== null) return gone
  const gateway_ref = earlier(vendor, call) ?? makeCharge(vendor, call, behaviour)
  keep(vendor, call, gateway_ref)
  if (behaviour === 'unknown_made') return { kind: 'unknown', message: 'The answer was lost.' }
  const object = chargeOf(vendor, gateway_ref)
  if (object.status === 'succeeded') return { kind: 'approved', gateway_ref, object }
  if (object.status === 'pending') return { kind: 'pending', gateway_ref, object }
  if (object.status === 'action_required') {
    const redirect_url = `https://fake.invalid/pay/${gateway_ref}`
    return { kind: 'action_required', gateway_ref, object, redirect_url }
  }
  const { reason, message } = object
  return { kind: 'rejected', reason: reason ?? 'other', message: message ?? '', gateway_ref }
}

function makeCharge(vendor: Vendor, call: GatewayCall, behaviour: FakeBehaviour): string {
  const sent = JSON.parse(call.body) as Sent
  vendor.made += 1
  const gateway_ref = `fch_${vendor.made}`
  const requested = BigInt(sent.amount)
  const waits = behaviour === 'action_required' || call.path === '/checkouts'
  const takes = ['approve', 'unknown_made', 'partial'].includes(behaviour) && !waits
  const declined = behaviour === 'decline'
  vendor.charges.set(gateway_ref, {
    gateway_ref,
    transaction_id: sent.transaction_id,
    account_ref: ACCOUNT.credentials.account_ref ?? '',
    mode: ACCOUNT.mode,
    currency: sent.currency,
    requested,
    captured: takes ? (behaviour === 'partial' ? (requested * 60n) / 100n : requested) : 0n,
    fee: 0n,
    status: declined
      ? 'failed'
      : behaviour === 'pending'
        ? 'pending'
        : waits
          ? 'action_required'
          : 'succeeded',
    refunds: [],
    reason: declined ? 'card_declined' : null,
    message: declined ? 'The card was declined.' : null,
    card: { brand: 'visa', last4: '4242' },
    country: null,
    details: {},
  })
  return gateway_ref
}

function sendRefund(vendor: Vendor, call: GatewayCall): Outcome<RefundFact> {
  const behaviour = vendor.script.shift() ?? 'approve'
  const gone = lost(vendor, call, behaviour)
  if (gone !== null) return gone
  const sent = JSON.parse(call.body) as Sent
  const facts = chargeOf(vendor, sent.charge_ref ?? '')
  const known = earlier(vendor, call)
  const amount = BigInt(sent.amount)
  const left = facts.captured - facts.refunds.reduce((sum, one) => sum + one.amount, 0n)
  const refused = amount > left || sent.currency !== facts.currency || behaviour === 'decline'
  if (known === null && refused) {
    return { kind: 'rejected', reason: 'refund_refused', message: 'The refund was refused.' }
  }
  const status = behaviour === 'pending' ? 'pending' : 'succeeded'
  const found = facts.refunds.find((one) => one.gateway_ref === known)
  const fact = found ?? refundFact(vendor, sent.transaction_id, amount, status)
  if (found === undefined) {
    vendor.charges.set(facts.gateway_ref, { ...facts, refunds: [...facts.refunds, fact] })
    keep(vendor, call, fact.gateway_ref)
  }
  if (behaviour === 'unknown_made') return { kind: 'unknown', message: 'The answer was lost.' }
  const kind = fact.status === 'pending' ? 'pending' : 'approved'
  return { kind, gateway_ref: fact.gateway_ref, object: fact }
}

function refundFact(
  vendor: Vendor,
  transaction_id: string | null,
  amount: bigint,
  status: RefundFact['status'],
): RefundFact {
  vendor.made += 1
  return { gateway_ref: `fre_${vendor.made}`, transaction_id, amount, status, message: null }
}

function chargeOf(vendor: Vendor, gateway_ref: string): ObjectFacts {
  const facts = vendor.charges.get(gateway_ref)
  if (facts === undefined) throw new Error(`the fake vendor has no charge ${gateway_ref}`)
  return facts
}

const readEvent: Gateway['readEvent'] = (account, { headers, body, now_ms }) => {
  const header = /^([0-9]{1,12}) ([0-9a-f]{64})$/.exec(headers['fake-signature'] ?? '')
  if (header === null) return { ok: false, refusal: 'signature_missing' }
  const [, time = '', hex = ''] = header
  const { webhook_secret = '', webhook_secret_previous = '' } = account.credentials
  const genuine = [webhook_secret, webhook_secret_previous]
    .filter((secret) => secret !== '')
    .some((secret) => timingSafeEqual(digest(secret, time, body), Buffer.from(hex, 'hex')))
  if (!genuine) return { ok: false, refusal: 'signature_wrong' }
  if (Math.abs(now_ms - Number(time) * 1000) > 300_000) {
    return { ok: false, refusal: 'timestamp_outside_tolerance' }
  }
  return readBody(Buffer.from(body).toString('utf8'))
}

function readBody(text: string): ReturnType<Gateway['readEvent']> {
  const refused = { ok: false, refusal: 'body_malformed' } as const
  try {
    const { id, type, account, mode, created_ms, charge, transaction_id } = JSON.parse(text)
    const words = [id, type, account, charge, transaction_id]
    if (!words.every((word) => typeof word === 'string' && word !== '')) return refused
    if (!Number.isSafeInteger(created_ms) || (mode !== 'test' && mode !== 'live')) return refused
    const named = { dedupe_key: id, object_ref: charge, account_ref: account }
    return { ok: true, event: { ...named, type, transaction_id, mode, created_ms } }
  } catch {
    return refused
  }
}
