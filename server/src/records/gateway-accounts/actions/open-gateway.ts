import type { Gateway, GatewayAccountConfig, GatewayHttp } from '#gateway-kit'
import { present } from '#server/kernel/assert.ts'
import type { GatewayAccountId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable } from '#server/platform/postgres/index.ts'
import type { Secrets } from '#server/platform/secrets.ts'
import { accountById, type GatewayAccountRow } from '../store.ts'

/** The adapters main loaded, by name. */
export type Gateways = Readonly<Record<string, Gateway>>

export type GatewayDeps = {
  readonly gateways: Gateways
  readonly secrets: Secrets
}
export type GatewayCallDeps = GatewayDeps & {
  readonly gatewayHttp: GatewayHttp
  /** Where payers and gateways reach Florin, without a slash at the end. */
  readonly publicUrl: () => string
}

/** Where a credential belongs; a ciphertext opens nowhere else. */
export const placeOf = (id: string): string => `gateway_accounts/credentials/${id}`

export const sealCredentials = (
  secrets: Secrets,
  id: GatewayAccountId,
  credentials: Readonly<Record<string, string>>,
): Buffer => secrets.seal(JSON.stringify(credentials), placeOf(id))

export const configOf = (secrets: Secrets, row: GatewayAccountRow): GatewayAccountConfig => ({
  id: row.id,
  mode: row.mode,
  base_url: row.base_url,
  credentials: JSON.parse(secrets.open(row.credentials, placeOf(row.id))),
})

export const eventUrl = (publicUrl: string, row: GatewayAccountRow): string =>
  `${publicUrl}/webhooks/${row.public_id}`

export type AtGateway = {
  readonly gateway: Gateway
  readonly config: GatewayAccountConfig
  readonly row: GatewayAccountRow
}

/** The same, or undefined where the adapter is not installed here: such rows are read-only. */
export async function findGateway(
  deps: GatewayDeps,
  q: Queryable,
  scope: Scope,
  accountId: string | null,
): Promise<AtGateway | undefined> {
  const row = accountId ? await accountById(q, scope, accountId) : undefined
  const gateway = row ? deps.gateways[row.gateway] : undefined
  return row && gateway ? { gateway, config: configOf(deps.secrets, row), row } : undefined
}

/** The adapter and opened credentials of an account that a row of ours names. */
export async function gatewayFor(
  deps: GatewayDeps,
  q: Queryable,
  scope: Scope,
  accountId: string | null,
): Promise<AtGateway> {
  const found = await findGateway(deps, q, scope, accountId)
  return present(found, `no adapter is loaded for gateway account ${accountId}`)
}
