import { expect, it } from 'vitest'
import { intentStore } from './intent-store.ts'

function make() {
  const kept = new Map<string, string>()
  let made = 0
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
  return intentStore(storage, () => `key-${++made}`)
}

it('the same wish keeps its key until it is settled', () => {
  const intents = make()
  const body = { amount: { value: '10.00', currency: 'EUR' } }
  const first = intents.open('refund', 'pay_1', body)
  expect(intents.open('refund', 'pay_1', { ...body }).key).toBe(first.key)
  intents.settle('refund')
  expect(intents.find('refund')).toBeNull()
  expect(intents.open('refund', 'pay_1', body).key).not.toBe(first.key)
})

it('another body, another object or another name is another wish', () => {
  const intents = make()
  const first = intents.open('refund', 'pay_1', { a: 1 })
  expect(intents.open('refund', 'pay_1', { a: 2 }).key).not.toBe(first.key)
  expect(intents.open('refund', 'pay_2', { a: 2 }).key).not.toBe(first.key)
  expect(intents.open('cancel', 'pay_1', { a: 1 }).key).not.toBe(first.key)
})
