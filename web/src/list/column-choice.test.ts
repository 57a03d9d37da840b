import { expect, it } from 'vitest'
import {
  moveColumn,
  readColumns,
  sameColumns,
  toggleColumn,
  writeColumns,
} from './column-choice.ts'

const known = ['created_at', 'id', 'amount', 'status']

it('reads known columns once each, in the order given', () => {
  expect(readColumns('amount,id,amount,nonsense', known)).toEqual(['amount', 'id'])
})

it('falls back when nothing of it is known', () => {
  expect(readColumns(undefined, known)).toBeNull()
  expect(readColumns('nonsense', known)).toBeNull()
})

it('writes what it reads', () => {
  expect(readColumns(writeColumns(['status', 'id']), known)).toEqual(['status', 'id'])
})

it('hides, shows last, and never hides the only one', () => {
  expect(toggleColumn(['id', 'amount'], 'id')).toEqual(['amount'])
  expect(toggleColumn(['amount'], 'id')).toEqual(['amount', 'id'])
  expect(toggleColumn(['amount'], 'amount')).toEqual(['amount'])
})

it('moves one step and stops at the ends', () => {
  expect(moveColumn(known, 'amount', -1)).toEqual(['created_at', 'amount', 'id', 'status'])
  expect(moveColumn(known, 'created_at', -1)).toBe(known)
  expect(moveColumn(known, 'status', 1)).toBe(known)
  expect(moveColumn(known, 'nonsense', 1)).toBe(known)
})

it('knows the usual choice', () => {
  expect(sameColumns(['id', 'amount'], ['id', 'amount'])).toBe(true)
  expect(sameColumns(['amount', 'id'], ['id', 'amount'])).toBe(false)
})
