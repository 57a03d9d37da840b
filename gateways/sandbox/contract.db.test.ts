import { createHmac } from 'node:crypto'
import { type ContractFault, describeGateway } from '#gateway-kit/contract-tests/index.ts'
import { openSandbox, submitPage } from '#test/sandbox.ts'
import { sandboxGateway } from './adapter.ts'
import type { SwitchesInput } from './service/switches.ts'

const FAULTS: Record<ContractFault, SwitchesInput> = {
  error_after: { error_after_charge: { times: 1 } },
  cut_after: { cut_after_charge: { times: 1 } },
  too_slow: { slow_answers: { times: 1, delay_ms: 2_000 } },
  truncated: { truncate_answers: { times: 1 } },
  not_the_schema: { garble_answers: { times: 1 } },
  error_before: { error_before_charge: { times: 1 } },
  rate_limited: { rate_limit: { times: 1 } },
}

describeGateway('the sandbox', async () => {
  const sandbox = await openSandbox({ total_timeout_ms: 1_000 })
  const { service, account_ref, receiver } = sandbox
  const previous = 'whsec_that_is_being_replaced'
  const account = {
    ...sandbox.account,
    credentials: { ...sandbox.account.credentials, webhook_secret_previous: previous },
  }
  const secrets = {
    current: sandbox.account.credentials.webhook_secret ?? '',
    previous,
    other: 'whsec_of_someone_else',
  }
  return {
    gateway: sandboxGateway,
    account,
    http: sandbox.http,
    event_url: receiver.url,
    tokens: {
      approve: 'tok_success',
      decline: { token: 'tok_insufficient_funds', reason: 'insufficient_funds' },
      pending: 'tok_pending',
      action_required: 'tok_3ds',
      partial: 'tok_partial',
    },
    misbehave: async (fault) => {
      const set = await service.setSwitches(account_ref, FAULTS[fault])
      if (!set.ok) throw new Error(set.refusal.detail)
    },
    books: () => service.truth(account_ref),
    payCheckout: async (redirect_url) => {
      const { status } = await submitPage(redirect_url, { card_number: '4242424242424242' })
      if (status !== 303) throw new Error(`the page answered ${status}`)
    },
    eventOf: async (gateway_ref) => {
      const named = () =>
        receiver.received.find((event) => Buffer.from(event.body).includes(`"id":"${gateway_ref}"`))
      while (named() === undefined) await new Promise((done) => setTimeout(done, 20))
      const found = named()
      if (found === undefined) throw new Error('the event was received and is gone')
      return found
    },
    sign: (body, at_ms, secret) => {
      const time = Math.floor(at_ms / 1000)
      const hex = createHmac('sha256', secrets[secret]).update(`${time}.${body}`).digest('hex')
      const headers = { 'sandbox-signature': `t=${time},v1=${hex}` }
      return { headers, body: Buffer.from(body), now_ms: at_ms }
    },
    close: sandbox.close,
  }
})
