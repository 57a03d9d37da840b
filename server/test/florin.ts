import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Transfer } from '#contract/payments.ts'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { type Config, readConfig } from '#server/config.ts'
import { type FirstRun, firstRun } from '#server/first-run.ts'
import { assemble, type Florin } from '#server/florin.ts'
import { auditAll } from '#server/oversight/integrity/index.ts'
import { idMaker, systemClock, systemRandom } from '#server/platform/clock.ts'
import { makeLog } from '#server/platform/log.ts'
import { type Database, openDatabase } from '#server/platform/postgres/index.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { accountsOf } from '#server/records/gateway-accounts/index.ts'
import { allMerchants } from '#server/records/merchants/index.ts'
import { insertKey } from '#server/records/team/index.ts'
import { cloneDatabase } from './database.ts'

/** The whole product on a cloned database and a port of its own, with an owner and an API key. */
export type TestFlorin = {
  readonly florin: Florin
  readonly db: Database
  readonly url: string
  readonly origin: string
  readonly owner: FirstRun
  readonly config: Config
  readonly sandboxRef: string
  readonly api: Api
  /** An API of another key with only these scopes. */
  readonly as: (scopes: readonly string[], mode?: 'test' | 'live') => Promise<Api>
  readonly audit: () => Promise<string[]>
  readonly close: () => Promise<void>
}

export type Answer<T = Record<string, unknown>> = {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}
export type Api = {
  readonly get: <T = Record<string, unknown>>(path: string) => Promise<Answer<T>>
  readonly post: <T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<T>>
  readonly send: <T = Record<string, unknown>>(
    method: string,
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<T>>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const OWNER = { OWNER_EMAIL: 'owner@shop.test', OWNER_PASSWORD: 'correct horse battery staple' }

export async function openFlorin(choices: { url?: string; poolSize?: number } = {}) {
  const clone = choices.url ? null : await cloneDatabase()
  const url = choices.url ?? clone?.url ?? ''
  const dataDir = mkdtempSync(join(tmpdir(), 'florin-test-'))
  const read = readConfig({ FLORIN_DATA: dataDir, PORT: '0', DEMO: 'off', ...OWNER })
  if (!read.ok) throw new Error(read.errors.join('\n'))
  const db = openDatabase({ url, poolSize: choices.poolSize ?? 10 })
  const florin = await assemble({
    config: read.config,
    db,
    clock: systemClock,
    random: systemRandom,
    log: makeLog(systemClock, 'error'),
    appSecret: 'a secret of the test, long enough to be one',
    version: '0.0.0-test',
    schemaVersion: 0,
    root: ROOT,
  })
  const port = await florin.listen(0, '127.0.0.1')
  const origin = `http://localhost:${port}`
  const owner =
    (await firstRun(
      { ...florin.deps, secrets: florin.secrets, config: read.config },
      `http://127.0.0.1:${port}/sandbox`,
    )) ?? (await ownerOf(db))
  const scope = { merchantId: owner.merchantId, mode: 'test' } as const
  const [account] = await accountsOf(db, scope)
  const as = keyMaker(db, origin, owner)
  const scopes = PERMISSIONS.filter((one) => !PERSON_ONLY.includes(one))
  const shared = { florin, db, url, origin, owner, config: read.config, as }
  return {
    ...shared,
    sandboxRef: account?.account_ref ?? '',
    api: await as(scopes),
    audit: async () => (await auditAll(db, {})).map((one) => `${one.check} ${one.sentence}`),
    close: async () => {
      await florin.stop()
      await db.close()
      await clone?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  } satisfies TestFlorin
}

/** Of a database that another process of Florin has opened before. */
async function ownerOf(db: Database): Promise<FirstRun> {
  const [merchant] = await allMerchants(db)
  if (!merchant) throw new Error('a database without a merchant')
  return { merchantId: merchant.merchant_id, email: OWNER.OWNER_EMAIL, password: null }
}

const keyMaker =
  (db: Database, origin: string, owner: FirstRun) =>
  async (scopes: readonly string[], mode: 'test' | 'live' = 'test'): Promise<Api> => {
    const random = Buffer.from(systemRandom.bytes(32)).toString('base64url')
    const secret = `sk_${mode}_${random}`
    const id = idMaker(systemClock, systemRandom)('apiKey')
    await db.tx((tx) =>
      insertKey(
        tx,
        { merchantId: owner.merchantId, mode },
        {
          id,
          name: 'test',
          prefix: secret.slice(0, 12),
          secret_sha256: sha256(secret),
          scopes,
          created_by: null,
          expires_in_days: null,
        },
      ),
    )
    return apiOf(origin, { authorization: `Bearer ${secret}` })
  }

/** A fresh Idempotency-Key for each POST, unless one is given. */
export function apiOf(origin: string, identity: Record<string, string>): Api {
  const send: Api['send'] = async (method, path, body, headers = {}) => {
    const key = method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { ...identity, ...key, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const parsed = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { text }
    return { status: answer.status, body: parsed, headers: answer.headers }
  }
  return {
    send,
    get: (path) => send('GET', path, undefined),
    post: (path, body = {}, headers = {}) => send('POST', path, body, headers),
  }
}

/** Signs in as the owner; unsafe requests carry what the back office sends. */
export async function signInAs(origin: string, email: string, password: string): Promise<Api> {
  const answer = await fetch(`${origin}/v1/sign_in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return apiOf(origin, { cookie, 'florin-client': 'web', 'florin-mode': 'test' })
}

export async function eventually<T>(
  look: () => Promise<T | null | undefined | false>,
  within_ms = 10_000,
): Promise<T> {
  const until = performance.now() + within_ms
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > until) throw new Error(`not within ${within_ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Ledger lines of a payment as short text, such as `gateway_clearing → sales 10.00 EUR`. */
export async function transfersOf(api: Api, paymentId: string): Promise<string[]> {
  const { body } = await api.get<{ data: Transfer[] }>(`/v1/payments/${paymentId}/transfers`)
  return body.data
    .filter((one) => one.state !== 'voided')
    .map((one) => {
      const pending = one.state === 'pending' ? ' (pending)' : ''
      const { value, currency } = one.amount
      return `${one.debit.kind} → ${one.credit.kind} ${value} ${currency}${pending}`
    })
}
