import { expect, it } from 'vitest'
import { outsideUrl } from './outside-url.ts'

it('takes web pages only', () => {
  expect(outsideUrl('https://gateway.example/charges/1')).toBe('https://gateway.example/charges/1')
  for (const hostile of ['javascript:alert(1)', 'data:text/html,x', 'x', '', null, undefined]) {
    expect(outsideUrl(hostile)).toBeNull()
  }
})
