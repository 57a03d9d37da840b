import type { MerchantId } from './ids.ts'

export type Mode = 'test' | 'live'

/** Whose rows, in which mode. Every query of merchant data starts with these two. */
export type Scope = { readonly merchantId: MerchantId; readonly mode: Mode }

export type ActorKind = 'member' | 'key' | 'payer' | 'gateway' | 'system'

/** Who did it, as kept on rows, events and audit entries. */
export type Actor = {
  readonly kind: ActorKind
  readonly id: string | null
  readonly name: string | null
}

export const SYSTEM: Actor = { kind: 'system', id: null, name: null }
export const PAYER: Actor = { kind: 'payer', id: null, name: null }

export const scopeOf = (row: { merchant_id: string; mode: string }): Scope => ({
  merchantId: row.merchant_id as MerchantId,
  mode: row.mode as Mode,
})
