import { expect, test } from 'vitest'
import type { IncomingEvent } from '../port.ts'
import type { GatewayHarness, Harnessed } from './harness.ts'
import { approvedCharge } from './requests.ts'

async function genuineOf(harness: GatewayHarness) {
  const charge = await approvedCharge(harness)
  const event = await harness.eventOf(charge.gateway_ref)
  const read = (changed: Partial<IncomingEvent>, account = harness.account) =>
    harness.gateway.readEvent(account, { ...event, ...changed })
  return { harness, charge, event, read, text: Buffer.from(event.body).toString('utf8') }
}

/** An event is believed only whole, genuine and of now. */
export function eventTests(harnessed: Harnessed): void {
  test('a genuine event names the charge, the account and the mode', async () => {
    const { harness, charge, event, read } = await genuineOf(harnessed())
    expect(read({})).toMatchObject({
      ok: true,
      event: {
        object_ref: charge.gateway_ref,
        transaction_id: charge.transaction_id,
        account_ref: charge.account_ref,
        mode: harness.account.mode,
      },
    })
    const first = read({})
    expect(first.ok && Math.abs(first.event.created_ms - event.now_ms)).toBeLessThan(60_000)
  })

  test('any changed byte of the body is refused', async () => {
    const { event, read } = await genuineOf(harnessed())
    for (let place = 0; place < event.body.length; place += 7) {
      const body = Uint8Array.from(event.body)
      body[place] = (body[place] ?? 0) ^ 1
      expect(read({ body })).toEqual({ ok: false, refusal: 'signature_wrong' })
    }
    const longer = Buffer.concat([event.body, Buffer.from(' ')])
    expect(read({ body: longer })).toEqual({ ok: false, refusal: 'signature_wrong' })
  })

  test('no signature, or one that is none, is refused', async () => {
    const { event, read } = await genuineOf(harnessed())
    expect(read({ headers: {} })).toEqual({ ok: false, refusal: 'signature_missing' })
    for (const value of ['', ' ', 'v1=', 't=,v1=', 'x'.repeat(10_000)]) {
      const headers = Object.fromEntries(Object.keys(event.headers).map((name) => [name, value]))
      expect(read({ headers }).ok).toBe(false)
    }
  })
  clockAndSecretTests(harnessed)
  bodyTests(harnessed)
}

function clockAndSecretTests(harnessed: Harnessed): void {
  test.for([
    [-301, false],
    [-299, true],
    [0, true],
    [299, true],
    [301, false],
  ] as const)('received %d s from when it was signed: %s', async ([seconds, accepted]) => {
    const { harness, text } = await genuineOf(harnessed())
    const at_ms = 1_800_000_000_000
    const event = { ...harness.sign(text, at_ms, 'current'), now_ms: at_ms + seconds * 1000 }
    const read = harness.gateway.readEvent(harness.account, event)
    expect(read).toMatchObject(
      accepted ? { ok: true } : { ok: false, refusal: 'timestamp_outside_tolerance' },
    )
  })

  test('two secrets while one replaces the other, and no third', async () => {
    const { harness, event, text } = await genuineOf(harnessed())
    const read = (secret: 'current' | 'previous' | 'other') =>
      harness.gateway.readEvent(harness.account, harness.sign(text, event.now_ms, secret))
    expect(read('current').ok).toBe(true)
    expect(read('previous').ok).toBe(true)
    expect(read('other')).toEqual({ ok: false, refusal: 'signature_wrong' })
  })

  test('an account without a secret believes nothing', async () => {
    const { harness, read } = await genuineOf(harnessed())
    const names = Object.keys(harness.account.credentials)
    const empty = Object.fromEntries(names.map((name) => [name, '']))
    for (const credentials of [{}, empty]) {
      expect(read({}, { ...harness.account, credentials }).ok).toBe(false)
    }
  })
}

function bodyTests(harnessed: Harnessed): void {
  test('a well signed body with a field missing or wrong is refused, never filled in', async () => {
    const { harness, event, text } = await genuineOf(harnessed())
    const refused = { ok: false, refusal: 'body_malformed' }
    const read = (body: string) =>
      harness.gateway.readEvent(harness.account, harness.sign(body, event.now_ms, 'current'))
    const whole = JSON.parse(text) as Record<string, unknown>
    for (const name of ['id', 'type', 'account', 'mode', 'created_ms', 'data', 'charge']) {
      if (!(name in whole)) continue
      const { [name]: _, ...rest } = whole
      expect(read(JSON.stringify(rest)), `without ${name}`).toEqual(refused)
      expect(read(JSON.stringify({ ...whole, [name]: null })), `null ${name}`).toEqual(refused)
    }
    for (const body of ['', '[]', 'null', '{', '{}', '"text"', text.slice(0, -1)]) {
      expect(read(body), body.slice(0, 20)).toEqual(refused)
    }
  })
}
