import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { type Api, apiOf, eventually, openFlorin, signInAs, type TestFlorin } from './florin.ts'
import { createPayment, paymentIs } from './payer.ts'

let at: TestFlorin
let owner: Api
let cookie: string
beforeAll(async () => {
  at = await openFlorin()
  owner = await signInAs(at.origin, at.owner.email, PASSWORD())
  cookie = cookieOf(await signIn(at.owner.email, PASSWORD()))
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

const PASSWORD = () => at.config.ownerPassword ?? ''
const KEY_SCOPES = PERMISSIONS.filter((one) => !PERSON_ONLY.includes(one))
const AMOUNT = { amount: { value: '10.00', currency: 'EUR' } }

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  fetch(`${at.origin}/v1/sign_in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password }),
  })
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''
/** A request of which every header is chosen here. */
async function send(method: string, path: string, headers: Record<string, string>, body?: string) {
  const answer = await fetch(`${at.origin}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  const code = text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined
  return [answer.status, code]
}
const countOf = async (table: string) =>
  (await at.db.query<{ n: number }>({ text: `select count(*)::int as n from ${table}` }))[0]?.n

describe('sign-in', () => {
  it('sets a cookie that scripts and other sites cannot use, and tells who is there', async () => {
    const answer = await signIn(at.owner.email.toUpperCase(), PASSWORD())
    expect(answer.status).toBe(200)
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/^florin_session=[A-Za-z0-9_-]{43}; /)
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=43200']) {
      expect(set).toContain(part)
    }
    const me = (await answer.json()) as { member: { email: string }; permissions: string[] }
    expect(me.member.email).toBe(at.owner.email)
    expect(me.permissions).toEqual([...PERMISSIONS])
    const later = await owner.get<{ member: { email: string } }>('/v1/me')
    expect(later.body.member.email).toBe(at.owner.email)
  })

  it('ends at sign-out, also for whoever copied the cookie', async () => {
    const mine = cookieOf(await signIn(at.owner.email, PASSWORD()))
    expect(await send('GET', '/v1/me', { cookie: mine })).toEqual([200, undefined])
    await send('POST', '/v1/sign_out', { cookie: mine })
    expect(await send('GET', '/v1/me', { cookie: mine })).toEqual([401, 'sign_in_required'])
    for (const none of ['florin_session=', `florin_session=${'A'.repeat(43)}`, 'other=1']) {
      expect(await send('GET', '/v1/me', { cookie: none })).toEqual([401, 'sign_in_required'])
    }
  })

  it('ends when its time is over, and for a member who was disabled', async () => {
    const mine = cookieOf(await signIn(at.owner.email, PASSWORD()))
    const run = (text: string) => at.db.query({ text })
    await run('update members set disabled_at = now()')
    expect(await send('GET', '/v1/me', { cookie: mine })).toEqual([401, 'sign_in_required'])
    expect((await signIn(at.owner.email, PASSWORD())).status).toBe(401)
    await run('update members set disabled_at = null')
    expect(await send('GET', '/v1/me', { cookie: mine })).toEqual([200, undefined])
    await run(`update sign_ins set expires_at = now() where token_sha256 =
      (select token_sha256 from sign_ins order by created_at desc limit 1)`)
    expect(await send('GET', '/v1/me', { cookie: mine })).toEqual([401, 'sign_in_required'])
  })

  it('says the same of a wrong password and of an unknown e-mail', async () => {
    const said = async (email: string) => {
      const answer = await signIn(email, 'not the password')
      const { request_id, ...body } = (await answer.json()) as Record<string, unknown>
      expect(request_id).toBeDefined()
      return { status: answer.status, body, cookie: answer.headers.get('set-cookie') }
    }
    const wrong = await said(at.owner.email)
    expect(wrong).toMatchObject({ status: 401, body: { code: 'sign_in_wrong' }, cookie: null })
    expect(await said('nobody@shop.test')).toEqual(wrong)
  })
})

describe('requests that other sites make with the cookie', () => {
  const forms: [string, () => Record<string, string>][] = [
    ['no header of ours', () => ({})],
    ['a foreign origin', () => ({ 'florin-client': 'web', origin: 'https://evil.test' })],
    ['an opaque origin', () => ({ 'florin-client': 'web', origin: 'null' })],
    ['a look-alike origin', () => ({ 'florin-client': 'web', origin: `${at.origin}.evil.test` })],
    ['another port', () => ({ 'florin-client': 'web', origin: 'http://localhost:1' })],
  ]
  it.each(forms)('%s: refused by every route, and nothing happens', async (_what, headers) => {
    const made = await createPayment(at.api)
    const before = await countOf('payments')
    const spec = (await (await fetch(`${at.origin}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    const unsafe = Object.entries(spec.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((method) => method !== 'get')
        .map((method) => [method.toUpperCase(), path.replace('{id}', made.id)] as const),
    )
    expect(unsafe.length).toBeGreaterThan(15)
    for (const [method, path] of unsafe) {
      if (path.startsWith('/v1/sign_')) continue
      const all = { cookie, 'content-type': 'application/json', 'idempotency-key': path }
      const answer = await send(method, path, { ...all, ...headers() }, JSON.stringify(AMOUNT))
      expect([method, path, ...answer]).toEqual([method, path, 403, 'request_forged'])
    }
    expect(await countOf('payments')).toBe(before)
    expect((await paymentIs(at.api, made.id, () => true)).status).toBe('open')
  })

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data'])(
    'a form of type %s: no body that we read',
    async (type) => {
      const own = { cookie, 'florin-client': 'web', origin: at.origin, 'idempotency-key': type }
      const answer = await send(
        'POST',
        '/v1/payments',
        { ...own, 'content-type': type },
        JSON.stringify(AMOUNT),
      )
      expect(answer).toEqual([415, 'media_type_unsupported'])
      const body = JSON.stringify({ email: at.owner.email, password: PASSWORD() })
      const login = await send('POST', '/v1/sign_in', { 'content-type': type }, body)
      expect(login).toEqual([415, 'media_type_unsupported'])
    },
  )

  it('our own back office is let through', async () => {
    for (const origin of [at.origin, at.origin.replace('localhost', '127.0.0.1')]) {
      const answer = await fetch(`${origin}/v1/payments`, {
        method: 'POST',
        headers: {
          cookie,
          origin,
          'florin-client': 'web',
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(AMOUNT),
      })
      expect(answer.status).toBe(201)
    }
  })

  it('asks a member for a mode that exists', async () => {
    const wrong = await send('GET', '/v1/me', { cookie, 'florin-mode': 'both' })
    expect(wrong).toEqual([400, 'mode_invalid'])
  })
})

describe('API keys', () => {
  type Key = { id: string; secret: string; prefix: string; code?: string; detail?: string }
  const makeKey = (body: object) => owner.post<Key>('/v1/api_keys', { name: 'shop', ...body })
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

  it('tell their secret once, and nobody else', async () => {
    const { status, body } = await makeKey({ scopes: ['access_payments', 'create_payment'] })
    expect(status).toBe(201)
    expect(body.secret).toMatch(/^sk_test_[A-Za-z0-9_-]{43}$/)
    expect(body.prefix).toBe(body.secret.slice(0, 12))
    const list = await owner.get('/v1/api_keys')
    expect(JSON.stringify(list.body)).not.toContain(body.secret)
    const written = await at.db.query({
      text: `select 1 from audit_entries where changes::text like '%' || $1 || '%'
        union all select 1 from api_keys k where k::text like '%' || $1 || '%'`,
      values: [body.secret],
    })
    expect(written).toEqual([])
    expect((await apiOf(at.origin, bearer(body.secret)).post('/v1/payments', AMOUNT)).status).toBe(
      201,
    )
  })

  it('do what they were given, and the refusal names what is missing', async () => {
    const reader = await at.as(['access_payment_details'])
    const made = await createPayment(at.api)
    expect((await reader.get(`/v1/payments/${made.id}`)).status).toBe(200)
    const refused = await reader.post<Key>('/v1/payments', AMOUNT)
    expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing'])
    expect(refused.body.detail).toContain('create_payment')
    const invalid = await reader.post<Key>('/v1/payments', { wrong: true })
    expect(invalid.status).toBe(403)
    const nothing = await at.as(['access_events'])
    expect((await nothing.get<Key>(`/v1/payments/${made.id}`)).body.detail).toContain(
      'access_payment_details',
    )
  })

  it('end at once when revoked or expired', async () => {
    const revoked = await makeKey({ scopes: ['access_payments'] })
    const expired = await makeKey({ scopes: ['access_payments'], expires_in_days: 1 })
    const ask = (key: Key) => send('GET', '/v1/me', bearer(key.secret))
    expect(await ask(revoked.body)).toEqual([200, undefined])
    expect(await ask(expired.body)).toEqual([200, undefined])
    const gone = await owner.post(`/v1/api_keys/${revoked.body.id}/revoke`)
    expect(gone.status).toBe(200)
    expect(await ask(revoked.body)).toEqual([401, 'sign_in_required'])
    await at.db.query({
      text: 'update api_keys set expires_at = now() where id = $1',
      values: [expired.body.id],
    })
    expect(await ask(expired.body)).toEqual([401, 'sign_in_required'])
    expect((await owner.post('/v1/api_keys/key_none/revoke')).status).toBe(404)
  })

  it('of test mode see nothing of live mode', async () => {
    const live = await at.as(KEY_SCOPES, 'live')
    const made = await live.post<{ id: string; mode: string }>('/v1/payments', AMOUNT)
    expect([made.status, made.body.mode]).toEqual([201, 'live'])
    expect((await live.get(`/v1/payments/${made.body.id}`)).status).toBe(200)
    expect((await at.api.get(`/v1/payments/${made.body.id}`)).status).toBe(404)
    const other = await at.api.send('GET', '/v1/me', undefined, { 'florin-mode': 'live' })
    expect([other.status, other.body.code]).toEqual([400, 'mode_invalid'])
    const same = await at.api.send('GET', '/v1/me', undefined, { 'florin-mode': 'test' })
    expect(same.status).toBe(200)
    const member = (mode: string) =>
      owner.send('GET', `/v1/payments/${made.body.id}`, undefined, { 'florin-mode': mode })
    expect((await member('live')).status).toBe(200)
    expect((await member('test')).status).toBe(404)
  })

  it('are made by people, and give no more than there is', async () => {
    const code = async (scopes: string[]) => {
      const { status, body } = await makeKey({ scopes })
      return [status, body.code]
    }
    expect(await code(['everything'])).toEqual([422, 'scope_unknown'])
    expect(await code(['manage_api_keys'])).toEqual([422, 'scope_not_for_keys'])
    expect(await code([])).toEqual([400, 'body_invalid'])
    for (const key of [at.api, await at.as(['manage_api_keys'])]) {
      const made = await key.post('/v1/api_keys', { name: 'more', scopes: ['access_payments'] })
      expect([made.status, made.body.code]).toEqual([403, 'permission_missing'])
    }
  })

  it.each([
    ['another scheme', 'Basic b3duZXI6cGFzcw=='],
    ['no secret', 'Bearer '],
    ['a wrong secret', `Bearer sk_test_${'A'.repeat(43)}`],
    ['a half secret', 'Bearer sk_test_short'],
    ['quotes', `Bearer sk_test_'or''='${'A'.repeat(40)}`],
  ])('are refused with %s, also beside a good cookie', async (_what, authorization) => {
    const refused = await send('GET', '/v1/me', { authorization, cookie })
    expect(refused).toEqual([401, 'sign_in_required'])
  })

  it('believe no header that names somebody', async () => {
    const made = await createPayment(at.api)
    const claims = { 'x-user': 'owner', 'x-member-id': 'mem_1', 'x-forwarded-user': 'owner' }
    expect(await send('GET', `/v1/payments/${made.id}`, claims)).toEqual([401, 'sign_in_required'])
  })
})

describe('guessing', () => {
  it('is stopped after ten tries, whatever address the guesser claims', async () => {
    const email = 'guessed@shop.test'
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        signIn(email, `guess ${index}`, { 'x-forwarded-for': `203.0.113.${index}` }),
      ),
    )
    const evaluated = answers.filter((one) => one.status === 401)
    const stopped = answers.filter((one) => one.status === 429)
    expect(evaluated.length).toBeLessThanOrEqual(10)
    expect(evaluated.length + stopped.length).toBe(200)
    expect(Number(stopped[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    const body = (await stopped[0]?.json()) as { code: string; retryable: boolean }
    expect([body.code, body.retryable]).toEqual(['sign_in_too_often', true])
  })

  it('stops the right password too, until the time is over', async () => {
    await at.db.query({ text: 'delete from sign_in_failures' })
    for (let n = 0; n < 10; n++) await signIn(at.owner.email, 'wrong')
    expect((await signIn(at.owner.email, PASSWORD())).status).toBe(429)
    await at.db.query({ text: `update sign_in_failures set at = at - interval '16 min'` })
    const again = await eventually(async () => {
      const answer = await signIn(at.owner.email, PASSWORD())
      return answer.status === 200 && answer
    })
    expect(again.status).toBe(200)
  })
})
