import { expect, it } from 'vitest'
import { meter } from './meter.ts'

const drawn = (isTTY: boolean, steps: readonly number[]): string[] => {
  const said: string[] = []
  const show = meter('Making', { isTTY, write: (text) => said.push(text) })
  for (const done of steps) show(done, 84)
  return said
}
const STEPS = Array.from({ length: 84 }, (_, at) => at + 1)

it('says each tenth once where nobody watches', () => {
  const said = drawn(false, STEPS)
  expect(said.length).toBe(11)
  expect(said.at(0)).toBe('Making: 1 %\n')
  expect(said.at(-1)).toBe('Making: 100 %\n')
})

it('moves one line on a terminal and wipes it at the end', () => {
  const said = drawn(true, STEPS)
  expect(said.at(0)).toMatch(/^\rMaking {2}░{30} 1 %$/)
  expect(said.slice(0, -1).every((text) => !text.includes('\n'))).toBe(true)
  expect(said.at(-1)).toBe('\r\u001b[K')
})
