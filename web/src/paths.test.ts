import { expect, it } from 'vitest'
import { givenPath, outsidePaths, pageOfId, paths, withQuery } from './paths.ts'

it('every address of the back office', () => {
  const shown = Object.entries(paths).map(([name, path]) =>
    typeof path === 'string' ? `${name} ${path}` : `${name} ${path('x_1')}`,
  )
  expect([...shown, `apiReference ${outsidePaths.apiReference}`]).toMatchInlineSnapshot(`
    [
      "home /",
      "signIn /sign-in",
      "payments /payments",
      "payment /payments/x_1",
      "transactions /transactions",
      "transaction /transactions/x_1",
      "refunds /refunds",
      "refund /refunds/x_1",
      "links /links",
      "link /links/x_1",
      "customers /customers",
      "customer /customers/x_1",
      "gateways /gateways",
      "gateway /gateways/x_1",
      "exports /exports",
      "apiKeys /developers/api-keys",
      "gatewayEvents /developers/gateway-events",
      "gatewayEvent /developers/gateway-events/x_1",
      "events /developers/events",
      "event /developers/events/x_1",
      "testTools /developers/test-tools",
      "settings /settings",
      "auditLog /settings/audit-log",
      "apiReference /docs/api",
    ]
  `)
})

it('an id in an address cannot leave its place', () => {
  expect(paths.payment('../settings?x#y')).toBe('/payments/..%2Fsettings%3Fx%23y')
})

it('a query is readable in the address', () => {
  expect(withQuery(paths.payments, 'status:failed is:partial')).toBe(
    '/payments?q=status:failed%20is:partial',
  )
})

it('a given path never leads to another site', () => {
  expect(givenPath('/payments?q=x')).toBe('/payments?q=x')
  for (const hostile of ['//evil.example', '/\\evil.example', 'https://evil.example', '', 'x']) {
    expect(givenPath(hostile)).toBeNull()
  }
  expect(givenPath(undefined)).toBeNull()
})

it('an id opens its page', () => {
  expect(pageOfId('pay_01')).toBe('/payments/pay_01')
  expect(pageOfId('gev_01')).toBe('/developers/gateway-events/gev_01')
  expect(pageOfId('zzz_01')).toBeNull()
})
