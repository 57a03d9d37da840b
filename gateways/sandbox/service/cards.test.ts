import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passesLuhn, readCardNumber, scenarioOfToken, spaced, TEST_CARDS } from './cards.ts'

test('every test card passes the checksum, has its own number and its own token', () => {
  const numbers = new Set(TEST_CARDS.map((card) => card.number))
  const slugs = new Set(TEST_CARDS.map((card) => card.slug))
  expect(numbers.size).toBe(TEST_CARDS.length)
  expect(slugs.size).toBe(TEST_CARDS.length)
  for (const card of TEST_CARDS) {
    expect(passesLuhn(card.number), card.number).toBe(true)
    expect(readCardNumber(spaced(card.number))).toBe(card)
    expect(scenarioOfToken(`tok_${card.slug}`)).toBe(card)
  }
})

test.for([
  ['4242424242424242', 'success'],
  ['4000000000000002', 'declined'],
  ['4000002500003155', '3ds'],
  ['4000000000009995', 'insufficient_funds'],
  ['4000000000000341', 'fails_later'],
  ['4000000000000119', 'processing_error'],
])('%s is the card that testers know as %s', ([number = '', slug]) => {
  expect(readCardNumber(number)).toMatchObject({ slug })
})

test('any single wrong digit is seen', () => {
  const card = fc.constantFrom(...TEST_CARDS.map((one) => one.number))
  fc.assert(
    fc.property(card, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      const place = at % number.length
      const digit = (Number(number[place]) + by) % 10
      const wrong = number.slice(0, place) + digit + number.slice(place + 1)
      expect(readCardNumber(wrong)).toBe('not_a_number')
    }),
  )
})

test.for([
  ['', 'missing'],
  ['   ', 'missing'],
  ['4242', 'not_a_number'],
  ['4242 4242 4242 424a', 'not_a_number'],
  ['42424242424242424242', 'not_a_number'],
  ['4111 1111 1111 1111', 'not_a_test_card'],
])('"%s" is %s', ([typed = '', problem]) => {
  expect(readCardNumber(typed)).toBe(problem)
})

test('a token that is none', () => {
  for (const token of ['', 'tok_', 'tok_constructor', 'success', '4242424242424242']) {
    expect(scenarioOfToken(token)).toBeNull()
  }
})
