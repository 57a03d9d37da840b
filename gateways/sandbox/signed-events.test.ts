import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { readEvent } from './signed-events.ts'

const NOW_MS = 1_800_000_000_000
const TIME = `${NOW_MS / 1000}`
const account = {
  id: 'gwa_1',
  mode: 'test',
  base_url: 'https://florin.example/sandbox',
  credentials: { webhook_secret: 'whsec_new', webhook_secret_previous: 'whsec_old' },
} as const

const CHARGE = {
  ...{ object: 'charge', id: 'sch_1', account: 'sac_1', mode: 'test', transaction_id: 'txn_1' },
  ...{ currency: 'EUR', amount: '10.00', amount_captured: '10.00', fee: '0.00' },
  ...{ status: 'succeeded', failure: null, card: null, country: null, next_action: null },
  ...{ refunds: [], disputes: [] },
}
const EVENT = {
  ...{ id: 'sev_1', object: 'event', type: 'charge.succeeded', account: 'sac_1', mode: 'test' },
  ...{ created_ms: NOW_MS - 5, data: { object: CHARGE } },
}
const BODY = JSON.stringify(EVENT)

const hmac = (secret: string, body = BODY, time = TIME) =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')

const read = (signature: string | undefined, body = BODY) =>
  readEvent(account, {
    headers: { 'sandbox-signature': signature },
    body: Buffer.from(body),
    now_ms: NOW_MS,
  })

test('a known answer: openssl dgst -sha256 -hmac secret', () => {
  const hex = 'bb7079132825ac793cea8c013c1dd24d926b9b02132245b10588d9e5c0df70d7'
  expect(hmac('secret', '{}', '1800000000')).toBe(hex)
  const signed = readEvent(
    { ...account, credentials: { webhook_secret: 'secret' } },
    {
      headers: { 'sandbox-signature': `t=1800000000,v1=${hex}` },
      body: Buffer.from('{}'),
      now_ms: NOW_MS,
    },
  )
  expect(signed).toEqual({ ok: false, refusal: 'body_malformed' })
})

test('a genuine event', () => {
  expect(read(`t=${TIME},v1=${hmac('whsec_new')}`)).toEqual({
    ok: true,
    event: {
      dedupe_key: 'sev_1',
      type: 'charge.succeeded',
      object_ref: 'sch_1',
      transaction_id: 'txn_1',
      account_ref: 'sac_1',
      mode: 'test',
      created_ms: NOW_MS - 5,
    },
  })
})

test.for([
  ['the previous secret', `t=${TIME},v1=${hmac('whsec_old')}`],
  ['several, one of them ours', `t=${TIME},v1=${hmac('x')},v1=${hmac('whsec_new')}`],
  ['a scheme of later', `t=${TIME},v0=1234,v2=abcd,v1=${hmac('whsec_new')}`],
  ['blanks between the parts', `t=${TIME}, v1=${hmac('whsec_new')}`],
])('%s is accepted', ([, signature]) => {
  expect(read(signature)).toMatchObject({ ok: true })
})

test.for([
  ['no header', undefined, 'signature_missing'],
  ['an empty header', '', 'signature_missing'],
  ['no time', `v1=${hmac('whsec_new')}`, 'signature_missing'],
  ['no signature', `t=${TIME}`, 'signature_missing'],
  ['only another scheme', `t=${TIME},v0=${hmac('whsec_new')}`, 'signature_missing'],
  ['two times', `t=${TIME},t=${TIME},v1=${hmac('whsec_new')}`, 'signature_missing'],
  ['a time that is no number', `t=now,v1=${hmac('whsec_new')}`, 'signature_missing'],
  ['half a signature', `t=${TIME},v1=${hmac('whsec_new').slice(0, 32)}`, 'signature_missing'],
  ['another secret', `t=${TIME},v1=${hmac('whsec_other')}`, 'signature_wrong'],
  ['another time than signed', `t=${NOW_MS / 1000 - 1},v1=${hmac('whsec_new')}`, 'signature_wrong'],
  ['an empty secret', `t=${TIME},v1=${hmac('')}`, 'signature_wrong'],
] as const)('%s is refused', ([, signature, refusal]) => {
  expect(read(signature)).toEqual({ ok: false, refusal })
})

test('the eleventh signature is not read', () => {
  const wrong = Array.from({ length: 10 }, (_, i) => `v1=${hmac(`wrong ${i}`)}`).join(',')
  expect(read(`t=${TIME},${wrong},v1=${hmac('whsec_new')}`)).toMatchObject({ ok: false })
})

const signed = (body: string) => read(`t=${TIME},v1=${hmac('whsec_new', body)}`, body)
const withCharge = (more: object) => ({ ...EVENT, data: { object: { ...CHARGE, ...more } } })

test.for(Object.keys(CHARGE))('a charge without %s is malformed, not filled in', (name) => {
  const malformed = { ok: false, refusal: 'body_malformed' }
  expect(signed(JSON.stringify(withCharge({ [name]: undefined })))).toEqual(malformed)
})

test.for([
  ['an amount as a number', withCharge({ amount: 10 })],
  ['an amount with other digits', withCharge({ amount: '10.001' })],
  ['no currency we could mean', withCharge({ currency: 'eur' })],
  ['a mode of its own', { ...EVENT, mode: 'production' }],
  ['a time as text', { ...EVENT, created_ms: '2026-11-20' }],
  ['another object', { ...EVENT, object: 'charge' }],
])('%s is malformed', ([, body]) => {
  expect(signed(JSON.stringify(body))).toEqual({ ok: false, refusal: 'body_malformed' })
})
