import { expect, it } from 'vitest'
import { explainConnectionFault } from './check.ts'

const URL = 'postgres://shop:hunter2@db.example:6543/florin'
const fault = (code: string, message = '') => Object.assign(new Error(message), { code })

it.each([
  [fault('ECONNREFUSED'), 'No PostgreSQL answers at db.example:6543'],
  [new AggregateError([fault('ECONNREFUSED'), fault('ECONNREFUSED')]), 'No PostgreSQL answers'],
  [fault('', 'timeout expired'), 'No PostgreSQL answers'],
  [fault('ENOTFOUND'), 'is not known'],
  [fault('28P01'), 'refused the password of shop'],
  [fault('28000'), 'does not let shop in'],
  [fault('3D000'), 'The database "florin" does not exist'],
  [fault('53300'), 'lower FLORIN_POOL_SIZE'],
  [fault('', 'The server does not support SSL connections'), 'offers no TLS'],
  [fault('', 'self-signed certificate'), 'add sslrootcert'],
  [fault('XX001', 'weather'), 'cannot be used: weather.'],
])('%o is one sentence without the password', (found, start) => {
  const sentence = explainConnectionFault(found, URL)
  expect(sentence).toContain(start)
  expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(sentence).not.toContain('hunter2')
})
