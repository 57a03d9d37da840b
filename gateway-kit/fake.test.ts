import { type ContractFault, describeGateway } from './contract-tests/index.ts'
import { type FakeBehaviour, fakeGateway } from './fake.ts'
import { makeGatewayHttp } from './http.ts'

const DIGITS: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3, XOF: 0, BTC: 8 }

function decimal(minor: bigint, currency: string): string {
  const digits = DIGITS[currency] ?? 2
  const text = `${minor}`.padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const FAULTS: Record<ContractFault, FakeBehaviour> = {
  error_after: 'unknown_made',
  cut_after: 'unknown_made',
  too_slow: 'unknown_made',
  truncated: 'unknown_made',
  not_the_schema: 'unknown_made',
  error_before: 'unknown_not_made',
  rate_limited: 'rate_limited',
}

const SECRETS = { current: 'fake secret', previous: 'fake previous secret', other: 'another' }

describeGateway(
  'the fake gateway',
  async () => {
    const fake = fakeGateway({ now_ms: () => Date.now() })
    const refOf = (redirect_url: string) => redirect_url.slice(redirect_url.lastIndexOf('/') + 1)
    return {
      gateway: fake.gateway,
      account: fake.account,
      http: makeGatewayHttp(),
      event_url: 'https://florin.example/webhooks/1',
      tokens: {
        approve: 'approve',
        decline: { token: 'decline', reason: 'card_declined' },
        pending: 'pending',
        action_required: 'action_required',
        partial: 'partial',
      },
      willUse: (token) => {
        if (token !== 'approve') fake.script(token as FakeBehaviour)
      },
      misbehave: async (fault) => fake.script(FAULTS[fault]),
      books: async () => ({
        captures: fake
          .charges()
          .filter((charge) => charge.captured > 0n)
          .map(({ transaction_id, currency, captured }) => ({
            transaction_id,
            currency,
            amount: decimal(captured, currency),
          })),
        refunds: fake.charges().flatMap(({ currency, refunds }) =>
          refunds.map(({ transaction_id, amount }) => ({
            transaction_id,
            currency,
            amount: decimal(amount, currency),
          })),
        ),
      }),
      payCheckout: async (redirect_url) => fake.pay(refOf(redirect_url)),
      eventOf: async (gateway_ref) => fake.event(gateway_ref),
      sign: (body, at_ms, secret) => fake.sign(body, at_ms, SECRETS[secret]),
      close: async () => {},
    }
  },
  { over_http: false },
)
