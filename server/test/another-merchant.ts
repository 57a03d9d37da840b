import { sandboxAccount } from '#server/first-run.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { newToken, systemRandom } from '#server/platform/clock.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { insertMerchant } from '#server/records/merchants/index.ts'
import { insertKey } from '#server/records/team/index.ts'
import { type Api, apiOf, type TestFlorin } from './florin.ts'

/** A second merchant in the same installation, with a sandbox account and a test key. */
export async function firstRunOfAnother(
  at: TestFlorin,
  scopes: readonly string[],
): Promise<{ api: Api; merchantId: MerchantId }> {
  const { deps, secrets } = at.florin
  const merchantId = deps.newId('merchant')
  const place = { time_zone: 'Europe/Paris', currency: 'EUR', locale: 'en' } as const
  const merchant = { merchant_id: merchantId, name: 'The other shop', ...place }
  const secret = `sk_test_${newToken(systemRandom, 32)}`
  const key = {
    id: deps.newId('apiKey'),
    name: 'other',
    prefix: secret.slice(0, 12),
    secret_sha256: sha256(secret),
    scopes,
    created_by: null,
    expires_in_days: null,
  }
  await at.db.tx(async (tx) => {
    await insertMerchant(tx, merchant, { id: deps.newId('shop'), name: 'Other' })
    await insertKey(tx, { merchantId, mode: 'test' }, key)
  })
  const { port } = new URL(at.origin)
  await sandboxAccount({ ...deps, secrets }, merchantId, `http://127.0.0.1:${port}/sandbox`)
  return { merchantId, api: apiOf(at.origin, { authorization: `Bearer ${secret}` }) }
}
