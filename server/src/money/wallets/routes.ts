import { Type } from 'typebox'
import { Wallet, WalletEntry } from '#contract/people.ts'
import { IdParams, ListQuery } from '#contract/shapes.ts'
import { toWire } from '#server/kernel/money.ts'
import { ok, type RefusalTable, refuse } from '#server/kernel/result.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { balances, entriesOf } from '#server/ledger/index.ts'
import type { Deps } from '#server/platform/deps.ts'
import { type RouteHost, route } from '#server/platform/http/index.ts'
import { type WalletRow, walletById, walletsOf } from './store.ts'

const REFUSALS = {
  wallet_not_found: { status: 404, title: 'No such wallet' },
} as const satisfies RefusalTable<string>

const WalletQuery = Type.Object({
  customer_id: Type.Optional(Type.String({ maxLength: 64 })),
  limit: ListQuery.properties.limit,
  after: ListQuery.properties.after,
})

const limitOf = (text: string | undefined): number =>
  Math.min(200, Math.max(1, Number.parseInt(text ?? '25', 10)))

async function present(deps: Deps, scope: Scope, rows: readonly WalletRow[]): Promise<Wallet[]> {
  const refs = rows.map((row) => ({
    kind: 'customer_wallet' as const,
    owner: row.customer_id,
    currency: row.currency,
  }))
  const held = rows.length > 0 ? await balances(deps.db, scope, refs) : []
  return rows.map((row, index) => {
    const money = (amount: bigint) => toWire({ amount, currency: row.currency })
    return {
      id: row.id,
      object: 'wallet',
      mode: row.mode,
      customer_id: row.customer_id,
      balance: money(held[index]?.posted ?? 0n),
      held: money(held[index]?.held ?? 0n),
      available: money(held[index]?.available ?? 0n),
    }
  })
}

export function walletRoutes(host: RouteHost, deps: Deps): void {
  const shared = { permission: 'access_wallets', tag: 'Wallets', refusals: REFUSALS } as const
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/wallets',
    summary: 'List wallets, of one customer or all',
    query: WalletQuery,
    answers: { 200: Type.Object({ data: Type.Array(Wallet), next: Type.Unknown() }) },
    handler: async ({ caller, query }) => {
      const limit = limitOf(query.limit)
      const rows = await walletsOf(deps.db, caller.scope, {
        customer_id: query.customer_id ?? null,
        before: query.after ?? null,
        limit: limit + 1,
      })
      const data = await present(deps, caller.scope, rows.slice(0, limit))
      const next = rows.length > limit ? (data.at(-1)?.id ?? null) : null
      return ok({ status: 200, body: { data, next } })
    },
  })
  route(host, {
    ...shared,
    method: 'GET',
    url: '/v1/wallets/:id',
    summary: 'Read a wallet',
    params: IdParams,
    answers: { 200: Wallet },
    handler: async ({ caller, params }) => {
      const row = await walletById(deps.db, caller.scope, params.id)
      if (!row) return refuse('wallet_not_found')
      const [body] = await present(deps, caller.scope, [row])
      return ok({ status: 200, body })
    },
  })
  entriesRoute(host, deps)
}

function entriesRoute(host: RouteHost, deps: Deps): void {
  route(host, {
    method: 'GET',
    url: '/v1/wallets/:id/entries',
    permission: 'access_wallets',
    tag: 'Wallets',
    summary: 'The movements of a wallet with the balance after each, newest first',
    params: IdParams,
    query: Type.Object({ limit: ListQuery.properties.limit, after: ListQuery.properties.after }),
    answers: { 200: Type.Object({ data: Type.Array(WalletEntry), next: Type.Unknown() }) },
    refusals: REFUSALS,
    handler: async ({ caller, params, query }) => {
      const row = await walletById(deps.db, caller.scope, params.id)
      if (!row) return refuse('wallet_not_found')
      const limit = limitOf(query.limit)
      const entries = await entriesOf(deps.db, caller.scope, {
        kind: 'customer_wallet',
        owner: row.customer_id,
        currency: row.currency,
        limit: limit + 1,
        ...(query.after ? { before: query.after } : {}),
      })
      const money = (amount: bigint) => toWire({ amount, currency: row.currency })
      const data = entries.slice(0, limit).map((entry) => ({
        ...entry,
        object: 'wallet_entry',
        at: entry.at.toISOString(),
        amount: money(entry.amount),
        balance_after: money(entry.balance_after),
      }))
      const next = entries.length > limit ? (data.at(-1)?.id ?? null) : null
      return ok({ status: 200, body: { data, next } })
    },
  })
}
