import { expect, it } from 'vitest'
import { readArguments } from './asked.ts'

it.each([
  ['audit', { command: 'audit', json: false }],
  ['audit --json', { command: 'audit', json: true }],
  ['version', { command: 'version' }],
  ['--version', { command: 'version' }],
  ['--help', { command: 'help' }],
  ['audit -h', { command: 'help' }],
])('florin %s', (line, asked) => {
  expect(readArguments(line.split(' '))).toEqual(asked)
})

it.each([
  ['', 'Say what to do.'],
  ['audits', 'There is no command "audits".'],
  ['audit --jsno', 'audit has no option "--jsno".'],
  ['version 2', 'version takes no arguments.'],
])('florin %s is unclear', (line, sentence) => {
  expect(readArguments(line === '' ? [] : line.split(' '))).toEqual({
    command: 'unclear',
    sentence,
  })
})
