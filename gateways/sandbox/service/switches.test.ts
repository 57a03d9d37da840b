import { describe, expect, test } from 'vitest'
import {
  actingOf,
  planDeliveries,
  readSwitches,
  type SwitchesInput,
  storedOf,
  switchesOf,
} from './switches.ts'

describe('what may be switched', () => {
  test('a known switch comes back as it was set', () => {
    const input: SwitchesInput = {
      duplicate_events: { times: 3, copies: 5 },
      slow_answers: { times: 'always', delay_ms: 50, on: ['charge'] },
    }
    expect(readSwitches(input)).toEqual({ ok: true, value: input })
    expect(switchesOf(storedOf(input).on)).toEqual(input)
  })

  test('a switch that names no place acts where it makes sense', () => {
    const { on } = storedOf({ cut_after_charge: { times: 1 }, rate_limit: { times: 1 } })
    const everywhere = ['checkout', 'charge', 'refund', 'page', 'look_up']
    expect(on).toEqual([
      { name: 'cut_after_charge', remaining: 1, settings: { on: ['charge', 'refund', 'page'] } },
      { name: 'rate_limit', remaining: 1, settings: { on: everywhere } },
    ])
  })

  test('null switches off', () => {
    expect(storedOf({ lose_events: null })).toEqual({ on: [], off: ['lose_events'] })
  })

  test.for([
    ['text', 'lose everything', undefined],
    ['a list', [], undefined],
    ['nothing', null, undefined],
    ['a switch there is not', { explode: { times: 1 } }, undefined],
    ['an inherited name', { constructor: { times: 1 } }, undefined],
    ['no times', { lose_events: {} }, '/lose_events'],
    ['zero times', { lose_events: { times: 0 } }, '/lose_events/times'],
    ['an unknown setting', { lose_events: { times: 1, why: 'x' } }, '/lose_events/why'],
    ['no copies', { duplicate_events: { times: 1 } }, '/duplicate_events'],
    [
      'too long a delay',
      { delay_events: { times: 1, delay_ms: 10 ** 9 } },
      '/delay_events/delay_ms',
    ],
    ['a place there is not', { rate_limit: { times: 1, on: ['moon'] } }, '/rate_limit/on/0'],
  ] as [string, unknown, string | undefined][])('%s is refused', ([, input, pointer]) => {
    const read = readSwitches(input)
    expect(read).toMatchObject({ ok: false, refusal: { code: 'switches_invalid' } })
    expect(read.ok ? '' : read.refusal.pointer).toBe(pointer)
  })
})

describe('how an event is sent', () => {
  const plan = (input: SwitchesInput) => planDeliveries(actingOf(storedOf(input).on), 1_000)
  const plain = { state: 'scheduled', due_ms: 1_000, corrupt: null }

  test('once, now, when no switch acts', () => {
    expect(plan({})).toEqual([plain])
  })

  test('in copies, late, damaged', () => {
    expect(
      plan({
        duplicate_events: { times: 1, copies: 3 },
        delay_events: { times: 1, delay_ms: 500 },
        corrupt_events: { times: 1, part: 'body' },
      }),
    ).toEqual(Array.from({ length: 3 }, () => ({ ...plain, due_ms: 1_500, corrupt: 'body' })))
  })

  test('held until the others are there, or for 10 s', () => {
    const held = { ...plain, state: 'held', due_ms: 11_000 }
    expect(plan({ reorder_events: { times: 'always', group: 2 } })).toEqual([held])
  })

  test('lost, whatever else', () => {
    const lost = { ...plain, state: 'lost' }
    expect(plan({ lose_events: { times: 1 }, duplicate_events: { times: 1, copies: 9 } })).toEqual([
      lost,
    ])
  })
})
