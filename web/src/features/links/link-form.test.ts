import { expect, it } from 'vitest'
import { emptyLinkForm, hasAmount, linkBody } from './link-form.ts'

const form = { ...emptyLinkForm('EUR'), amount: '1 234,50', reference: ' A-17 ' }

it('reads the amount in the way of the language and sends a decimal string', () => {
  expect(linkBody(form, 'fr')).toEqual({
    amount: { value: '1234.50', currency: 'EUR' },
    reference: 'A-17',
    expires_in_s: 30 * 86_400,
  })
})

it('an open link names only its currency', () => {
  const body = linkBody({ ...form, kind: 'open', expires: '', language: 'fr' }, 'fr')
  expect(body).toEqual({ currency: 'EUR', reference: 'A-17', locale: 'fr' })
})

it('knows whether an amount is there', () => {
  expect(hasAmount(form, 'fr')).toBe(true)
  expect(hasAmount({ ...form, amount: 'ten' }, 'en')).toBe(false)
  expect(hasAmount({ ...form, kind: 'open', amount: '' }, 'en')).toBe(true)
})
