import { type Static, Type } from 'typebox'
import { IdParams, Money } from '#contract/shapes.ts'
import {
  SandboxEvent,
  SandboxSwitches,
  SandboxSwitchesInput,
  TestCard,
} from '#contract/watching.ts'
import { ok, type RefusalTable, type Result, refuse } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { CallDeps } from '#server/money/gateway-calls/index.ts'
import { createPayments, type OpenSession, PAYMENT_REFUSALS } from '#server/money/payments/index.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { accountsOf } from '#server/records/gateway-accounts/index.ts'
import { merchantById } from '#server/records/merchants/index.ts'

type Switches = Static<typeof SandboxSwitches>
type SwitchesInput = Static<typeof SandboxSwitchesInput>

/**
 * The sandbox gateway's own controls; main supplies them where the sandbox runs in this process.
 */
export type SandboxControl = {
  readonly cards: readonly { number: string; result: string }[]
  readonly switches: (accountRef: string) => Promise<Switches>
  readonly set: (accountRef: string, input: SwitchesInput) => Promise<void>
  readonly reset: (accountRef: string) => Promise<void>
  readonly events: (accountRef: string) => Promise<Static<typeof SandboxEvent>[]>
  readonly resend: (accountRef: string, eventId: string) => Promise<boolean>
}

export type TestToolDeps = CallDeps & {
  readonly openSession: OpenSession
  readonly sandbox: SandboxControl | null
}

const REFUSALS = {
  ...PAYMENT_REFUSALS,
  sandbox_absent: { status: 409, title: 'There is no sandbox here' },
  sandbox_event_not_found: { status: 404, title: 'No such sandbox event' },
} as const satisfies RefusalTable<string>

const shared = { permission: 'use_test_tools', tag: 'Test tools', refusals: REFUSALS } as const

/** The sandbox account of the caller's merchant; the sandbox exists in test mode only. */
async function sandboxOf(
  deps: TestToolDeps,
  scope: Scope,
): Promise<Result<{ control: SandboxControl; ref: string }, 'sandbox_absent'>> {
  const rows = await accountsOf(deps.db, scope)
  const account = rows.find((row) => row.gateway === 'sandbox')
  if (deps.sandbox && account) return ok({ control: deps.sandbox, ref: account.account_ref })
  return refuse('sandbox_absent', {
    detail: 'Switch to test mode, and start Florin with SANDBOX=on.',
  })
}

export function testToolRoutes(host: RouteHost, deps: TestToolDeps): void {
  switchRoutes(host, deps)
  eventRoutes(host, deps)
  testPaymentRoute(host, deps)
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/test_tools/cards',
    summary: 'The card numbers the sandbox knows, and what each does',
    answers: { 200: Type.Object({ data: Type.Array(TestCard) }) },
    handler: async () => ok({ status: 200, body: { data: deps.sandbox?.cards ?? [] } }),
  })
}

function switchRoutes(host: RouteHost, deps: TestToolDeps): void {
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/test_tools/sandbox',
    summary: 'What the sandbox is told to do wrong',
    answers: { 200: SandboxSwitches },
    handler: async ({ caller }) => {
      const at = await sandboxOf(deps, caller.scope)
      if (!at.ok) return at
      return ok({ status: 200, body: await at.value.control.switches(at.value.ref) })
    },
  })
  route(host, {
    ...shared,
    method: 'PUT',
    url: '/v1/test_tools/sandbox',
    summary: 'Make the sandbox misbehave; what is not named stays as it is',
    body: SandboxSwitchesInput,
    answers: { 200: SandboxSwitches },
    handler: async ({ caller, body }) => {
      const at = await sandboxOf(deps, caller.scope)
      if (!at.ok) return at
      const { control, ref } = at.value
      await control.set(ref, body)
      return ok({ status: 200, body: await control.switches(ref) })
    },
  })
  route(host, {
    ...shared,
    method: 'POST',
    url: '/v1/test_tools/sandbox/reset',
    summary: 'Make the sandbox behave again',
    answers: { 200: SandboxSwitches },
    handler: async ({ caller }) => {
      const at = await sandboxOf(deps, caller.scope)
      if (!at.ok) return at
      await at.value.control.reset(at.value.ref)
      return ok({ status: 200, body: await at.value.control.switches(at.value.ref) })
    },
  })
}

function eventRoutes(host: RouteHost, deps: TestToolDeps): void {
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/test_tools/sandbox/events',
    summary: 'What the sandbox sent, and how Florin answered',
    answers: { 200: Type.Object({ data: Type.Array(SandboxEvent) }) },
    handler: async ({ caller }) => {
      const at = await sandboxOf(deps, caller.scope)
      if (!at.ok) return at
      return ok({ status: 200, body: { data: await at.value.control.events(at.value.ref) } })
    },
  })
  route(host, {
    ...shared,
    method: 'POST',
    url: '/v1/test_tools/sandbox/events/:id/resend',
    summary: 'Send a sandbox event again',
    params: IdParams,
    answers: { 204: Type.Null() },
    handler: async ({ caller, params }) => {
      const at = await sandboxOf(deps, caller.scope)
      if (!at.ok) return at
      const sent = await at.value.control.resend(at.value.ref, params.id)
      return sent ? ok({ status: 204 }) : refuse('sandbox_event_not_found')
    },
  })
}

const TestPayment = Type.Object(
  { amount: Type.Optional(Money) },
  { additionalProperties: false, $id: 'CreateTestPayment' },
)
const TestPaymentMade = Type.Object(
  { payment_id: Type.String(), checkout_url: Type.String() },
  { $id: 'TestPayment' },
)

function testPaymentRoute(host: RouteHost, deps: TestToolDeps): void {
  route(host, {
    ...shared,
    method: 'POST',
    url: '/v1/test_tools/test_payment',
    summary: 'A payment to try the checkout with',
    body: TestPayment,
    answers: { 201: TestPaymentMade },
    handler: async ({ caller, body }) => {
      const { scope, actor } = caller
      const at = await sandboxOf(deps, scope)
      if (!at.ok) return at
      return deps.db.txResult(async (tx) => {
        const currency = (await merchantById(tx, scope.merchantId))?.currency ?? 'EUR'
        const amount = body.amount ?? { value: '10', currency }
        const reference = `TEST-${deps.newId('request').slice(-6).toUpperCase()}`
        const actionDeps = { ...deps, now_ms: deps.clock.now() }
        const [made] = await createPayments(actionDeps, tx, scope, actor, [
          { amount, reference, source: 'dashboard', purpose_name: 'api' },
        ])
        if (!made?.ok) return made ?? refuse('payment_not_found')
        const opened = await deps.openSession(tx, scope, made.value, {})
        if (!opened.ok) return opened
        const shown = { payment_id: made.value.id, checkout_url: opened.value.url }
        return ok({ status: 201, body: shown })
      })
    },
  })
}
