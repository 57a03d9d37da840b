import { PERMISSIONS, PERSON_ONLY, type Permission } from '#contract/permissions.ts'

/** What a key may be given: what its maker holds, but for what needs a person. */
export const scopesToGive = (held: readonly string[]): Permission[] =>
  PERMISSIONS.filter((one) => held.includes(one) && !PERSON_ONLY.includes(one))

export const isReading = (scope: string): boolean => scope.startsWith('access_')

export type KeyState = 'active' | 'revoked' | 'expired'

export function keyState(
  key: { readonly revoked_at: string | null; readonly expires_at: string | null },
  now_ms: number,
): KeyState {
  if (key.revoked_at !== null) return 'revoked'
  return key.expires_at !== null && Date.parse(key.expires_at) <= now_ms ? 'expired' : 'active'
}
