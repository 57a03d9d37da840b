import { expect, it } from 'vitest'
import { customerBody, formOf } from './customer-form.ts'

it('sends what is filled in, trimmed, with the country in capitals', () => {
  const form = { ...formOf(null), name: ' Ana ', country: 'fr' }
  expect(customerBody(form)).toEqual({ name: 'Ana', country: 'FR' })
})

it('an empty form is nothing to send', () => {
  expect(customerBody(formOf(null))).toEqual({})
})
