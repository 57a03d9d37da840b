import { ok, type Result, refuse } from '#server/kernel/result.ts'
import { newToken } from '#server/platform/clock.ts'
import type { Deps } from '#server/platform/deps.ts'
import { NO_PASSWORD, passwordFits } from '#server/platform/password.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { recordAudit } from '../../audit/index.ts'
import { forgetTries, insertSignIn, type MemberRow, memberByEmail, reserveTry } from '../store.ts'

/** Per account and per address; the smaller one bites first. */
const PER_ACCOUNT = { tries: 10, minutes: 15 }
const PER_ADDRESS = { tries: 100, minutes: 60 }
export const SESSION_HOURS = 12

export type SignInRefusal = 'sign_in_wrong' | 'sign_in_too_often'

/**
 * Checks a password and opens a session. Replies and timing do not tell whether the e-mail exists.
 */
export async function signIn(
  deps: Deps,
  input: {
    email: string
    password: string
    ip: string
    userAgent: string | null
    requestId: string
  },
): Promise<Result<{ member: MemberRow; token: string }, SignInRefusal>> {
  const account = `account:${input.email.toLowerCase()}`
  const allowed = await deps.db.tx(async (tx) => {
    const address = await reserveTry(tx, `address:${input.ip}`, PER_ADDRESS)
    return address.allowed ? reserveTry(tx, account, PER_ACCOUNT) : address
  })
  if (!allowed.allowed) {
    const minutes = Math.ceil(allowed.retry_after_s / 60)
    const detail = `Too many tries. Wait ${minutes} min and try again.`
    return refuse('sign_in_too_often', {
      detail,
      allowed: { retry_after_s: allowed.retry_after_s },
    })
  }
  const member = await memberByEmail(deps.db, input.email)
  const fits = await passwordFits(input.password, member?.password_hash ?? NO_PASSWORD)
  if (!member || !fits) {
    return refuse('sign_in_wrong', { detail: 'The e-mail or the password is wrong. Try again.' })
  }
  const token = newToken(deps.random, 32)
  await deps.db.tx(async (tx) => {
    await forgetTries(tx, account)
    await insertSignIn(tx, member, {
      token_sha256: sha256(token),
      hours: SESSION_HOURS,
      ip: input.ip,
      user_agent: input.userAgent,
    })
    const scope = { merchantId: member.merchant_id, mode: null }
    await recordAudit(tx, deps.newId, deps.clock, scope, {
      actor: { kind: 'member', id: member.id, name: member.name },
      action: 'member.sign_in',
      objectId: member.id,
      requestId: input.requestId,
      ip: input.ip,
    })
  })
  return ok({ member, token })
}
