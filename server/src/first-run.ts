import { createSandboxAccount } from '#gateways/sandbox/index.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { newToken } from '#server/platform/clock.ts'
import type { Deps } from '#server/platform/deps.ts'
import { hashPassword } from '#server/platform/password.ts'
import type { Secrets } from '#server/platform/secrets.ts'
import { insertAccount, sealCredentials } from '#server/records/gateway-accounts/index.ts'
import { allMerchants, insertMerchant } from '#server/records/merchants/index.ts'
import { insertMethod } from '#server/records/payment-methods/index.ts'
import { insertMember } from '#server/records/team/index.ts'
import type { Config } from './config.ts'

export type FirstRun = {
  readonly merchantId: MerchantId
  readonly email: string
  /** Null when it was given in the environment: then it is not printed. */
  readonly password: string | null
}

type RunDeps = Deps & { readonly secrets: Secrets; readonly config: Config }

/** The owner's merchant, sign-in and sandbox account; null when somebody has been here before. */
export async function firstRun(deps: RunDeps, sandboxUrl: string): Promise<FirstRun | null> {
  if ((await allMerchants(deps.db)).length > 0) return null
  const { config } = deps
  const merchantId = deps.newId('merchant')
  const email = config.ownerEmail ?? 'owner@florin.test'
  const password = config.ownerPassword ?? newToken(deps.random, 12)
  const password_hash = await hashPassword(password, deps.random)
  await deps.db.tx(async (tx) => {
    await insertMerchant(
      tx,
      {
        merchant_id: merchantId,
        name: 'Florin Demo',
        time_zone: config.defaultTimeZone,
        currency: config.defaultCurrency,
        locale: 'en',
      },
      { id: deps.newId('shop'), name: 'Main shop' },
    )
    const id = deps.newId('member')
    await insertMember(tx, { merchant_id: merchantId, id, email, name: 'Owner', password_hash })
  })
  if (config.sandbox) await sandboxAccount(deps, merchantId, sandboxUrl)
  return { merchantId, email, password: config.ownerPassword ? null : password }
}

/** An account at the built-in pretend gateway, in test mode only, with its one method. */
export async function sandboxAccount(
  deps: Deps & { readonly secrets: Secrets },
  merchantId: MerchantId,
  base_url: string,
): Promise<{ accountId: string; accountRef: string }> {
  const { db, random, newId, clock } = deps
  const now_ms = clock.now()
  const made = await createSandboxAccount(db, {
    mode: 'test',
    random,
    now_ms,
    fee_basis_points: FEE_BASIS_POINTS,
  })
  const { account_ref, api_key, webhook_secret } = made
  const scope = { merchantId, mode: 'test' } as const
  const id = newId('gatewayAccount')
  await db.tx(async (tx) => {
    await insertAccount(tx, scope, {
      id,
      gateway: 'sandbox',
      name: 'Sandbox',
      account_ref,
      base_url,
      credentials: sealCredentials(deps.secrets, id, { account_ref, api_key, webhook_secret }),
      public_id: newToken(random),
    })
    await insertMethod(tx, scope, {
      id: newId('paymentMethod'),
      name: 'Card',
      name_fr: 'Carte bancaire',
      slug: 'card',
      description: 'Visa, Mastercard and others',
      description_fr: 'Visa, Mastercard et autres',
      gateway_account_id: id,
      position: 0,
    })
  })
  return { accountId: id, accountRef: account_ref }
}

/** 1.5 %, so that fees show on every demo payment. */
const FEE_BASIS_POINTS = 150
