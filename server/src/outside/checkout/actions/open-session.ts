import { ok, refuse } from '#server/kernel/result.ts'
import { SYSTEM } from '#server/kernel/scope.ts'
import { commitPayment, type OpenSession, type Purposes } from '#server/money/payments/index.ts'
import { newToken } from '#server/platform/clock.ts'
import type { Deps } from '#server/platform/deps.ts'
import { sha256 } from '#server/platform/secrets.ts'
import { insertSession } from '../store.ts'

export type OpenDeps = Deps & { readonly purposes: Purposes; readonly publicUrl: () => string }

const DEFAULT_EXPIRY_MS = 3_600_000

/**
 * A page for one payer to pay one payment. Its address holds 128 unguessable bits and is told once;
 * the database keeps a digest.
 */
export const openSession =
  (deps: OpenDeps): OpenSession =>
  async (tx, scope, payment, page) => {
    for (const name of ['success_url', 'cancel_url'] as const) {
      const url = page[name]
      if (url !== undefined && !isWebAddress(url)) {
        const detail = `${name} must be a complete address that starts with https:// or http://.`
        return refuse('return_url_invalid', { pointer: `/${name}`, detail })
      }
    }
    const token = newToken(deps.random)
    const id = deps.newId('checkoutSession')
    const now_ms = deps.clock.now()
    const ends_ms = payment.expires_at?.getTime() ?? 0
    // What failed or was paid in part can be paid after its time: the payer gets time to do so.
    const expires_at = new Date(ends_ms > now_ms ? ends_ms : now_ms + DEFAULT_EXPIRY_MS)
    await insertSession(tx, scope, {
      id,
      payment_id: payment.id,
      token_sha256: sha256(token),
      locale: page.locale ?? null,
      success_url: page.success_url ?? null,
      cancel_url: page.cancel_url ?? null,
      expires_at,
    })
    const after = { ...payment, session_id: id }
    const opened = [{ type: 'payment.session_opened', data: { session: id } }]
    const saved = await commitPayment(deps, tx, scope, SYSTEM, payment, after, opened)
    return ok({ id, url: `${deps.publicUrl()}/c/${token}`, payment: saved })
  }

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol)
