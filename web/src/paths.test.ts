import { expect, it } from 'vitest'
import { givenPath, outsidePaths, pageOfId, paths, withQuery } from './paths.ts'

it('every address of the back office', () => {
  const shown = Object.entries(paths).map(([name, path]) =>
    typeof path === 'string' ? `${name} ${path}` : `${name} ${path('x_1')}`,
  )
  expect([...shown, `apiReference ${outsidePaths.apiReference}`]).toMatchInlineSnapshot()
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
