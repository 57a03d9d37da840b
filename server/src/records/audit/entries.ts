import type { AuditEntry } from '#contract/people.ts'
import type { Actor, Mode } from '../../kernel/scope.ts'

/** What a person or a key did. Never put a secret in `changes`: entries are kept for ever. */
export type NewAuditEntry = {
  readonly actor: Actor
  /** A dotted word of the past, such as `refund.requested`. */
  readonly action: string
  readonly objectId?: string | null
  readonly reason?: string | null
  /** By field: what it was and what it became, or what was asked for. */
  readonly changes?: Readonly<Record<string, unknown>>
  readonly requestId?: string | null
  readonly ip?: string | null
}

/** Whose entry; `mode` is null for what belongs to both modes, such as a sign-in. */
export type AuditScope = { readonly merchantId: string; readonly mode: Mode | null }

export type AuditRow = {
  readonly id: string
  readonly at_us: bigint
  readonly actor_kind: string
  readonly actor_id: string | null
  readonly actor_name: string | null
  readonly action: string
  readonly object_id: string | null
  readonly reason: string | null
  readonly changes: Record<string, unknown>
  readonly request_id: string | null
  readonly ip: string | null
  readonly sealed: boolean
}

/** How the API shows an entry. */
export const viewOf = ({ at_us, ...row }: AuditRow): AuditEntry => ({
  ...row,
  object: 'audit_entry',
  at: new Date(Number(at_us / 1000n)).toISOString(),
})

/** JSON of what changed; whole numbers beyond JavaScript's are kept as their digits. */
export const changesText = (changes: NewAuditEntry['changes']): string =>
  JSON.stringify(changes ?? {}, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
