import { createHash } from 'node:crypto'
import { PERMISSIONS, PERSON_ONLY } from '#contract/permissions.ts'
import { assert } from '#server/kernel/assert.ts'
import type { ShopId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Purposes } from '#server/money/payments/index.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'
import type { Secrets } from '#server/platform/secrets.ts'
import { accountsOf, eventUrl, sealCredentials } from '#server/records/gateway-accounts/index.ts'
import { shopsOf } from '#server/records/merchants/index.ts'
import { DAY_MS, type Span } from './calendar.ts'
import { type Dice, idsFrom } from './dice.ts'
import { GATEWAYS, HABITS } from './gateways.ts'
import { firstMember, insertRows, type Row, type TableName } from './store.ts'
import type { Stage } from './story.ts'

const SHOPS = ['Boutique Lyon', 'Mobile app'] as const
const KEY_NAME = 'Web shop'

export type Setting = {
  readonly scope: Scope
  readonly span: Span
  readonly dice: Dice
  readonly purposes: Purposes
  readonly publicUrl: string
  readonly secrets: Secrets
}

/** The stage, and the rows that set it: shops, a key, and accounts that are only a memory. */
export type Scenery = { readonly stage: Stage; readonly rows: readonly [TableName, Row[]][] }

export async function setStage(q: Queryable, setting: Setting): Promise<Scenery> {
  const { scope, span, publicUrl, purposes } = setting
  const member = await firstMember(q, scope.merchantId)
  assert(member, 'demo data is made for a merchant with a member')
  const opened_ms = span.until_ms - span.days * DAY_MS
  const idAt = idsFrom(setting.dice.of('stage'))
  const known = await shopsOf(q, scope.merchantId)
  const shops = SHOPS.map((name, at) => ({
    id: idAt('shop', opened_ms + at),
    name,
    is_default: false,
    created_at: new Date(opened_ms + at),
  }))
  const key = keyRow(idAt('apiKey', opened_ms), member.id, opened_ms, setting.dice)
  const accounts = await accountsOf(q, scope)
  const sandbox = accounts.find((one) => one.gateway === 'sandbox')
  const past = pastAccounts(setting, idAt, opened_ms)
  const there = past.accounts.map((one) => [one.gateway, one] as const)
  const main = known.filter((one) => !shops.some((own) => own.id === one.id))
  const stage: Stage = {
    scope,
    owner: { kind: 'member', id: member.id, name: member.name },
    key: { kind: 'key', id: key.id, name: key.name },
    shops: [...main, ...shops].map((one) => one.id as ShopId),
    accounts: { ...Object.fromEntries(there), ...(sandbox ? { sandbox } : {}) },
    purposes,
    until_ms: span.until_ms,
    publicUrl,
    sandboxEventUrl: sandbox ? eventUrl(publicUrl, sandbox) : '',
  }
  const rows: [TableName, Row[]][] = [
    ['shops', shops],
    ['api_keys', [key]],
    ['gateway_accounts', past.accounts],
    ['payment_methods', past.methods],
  ]
  return { stage, rows }
}

export async function insertStage(tx: Tx, { stage, rows }: Scenery): Promise<void> {
  for (const [table, lines] of rows) await insertRows(tx, stage.scope, table, lines)
}

/** Nobody knows the secret behind this digest: the key is a name on its deeds and opens nothing. */
const keyRow = (id: string, memberId: string, at_ms: number, dice: Dice) => ({
  id,
  name: KEY_NAME,
  prefix: 'sk_test_demo',
  secret_sha256: createHash('sha256').update(dice.of('key').random.bytes(32)).digest(),
  scopes: PERMISSIONS.filter((one) => !PERSON_ONLY.includes(one)),
  created_by: memberId,
  created_at: new Date(at_ms),
})

/** Their adapters are not installed, so they are switched off: a payer is never sent there. */
function pastAccounts({ dice, secrets }: Setting, idAt: ReturnType<typeof idsFrom>, at_ms: number) {
  const created_at = new Date(at_ms)
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  const accounts = GATEWAYS.filter((name) => name !== 'sandbox').map((gateway, at) => {
    const id = idAt('gatewayAccount', at_ms + at)
    return {
      id,
      gateway,
      name: HABITS[gateway].label,
      account_ref: `acct_${dice.of(gateway).text(letters, 16)}`,
      base_url: `https://${gateway}.example`,
      credentials: sealCredentials(secrets, id, {}),
      public_id: dice.of(`address ${gateway}`).text(letters, 32),
      active: false,
      created_at,
    }
  })
  const methods = accounts.flatMap(({ id, gateway }, account) =>
    HABITS[gateway].methods.map((method, at) => ({
      ...method,
      id: idAt('paymentMethod', at_ms + 10 * account + at),
      gateway_account_id: id,
      is_active: false,
      position: 10 * (account + 1) + at,
      created_at,
    })),
  )
  return { accounts, methods }
}
