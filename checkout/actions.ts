import { safeHref } from './html.ts'
import type { CheckoutProps } from './props.ts'
import { type ActionKind, stateShown, stateView } from './states.ts'

/** The page's own address in its language. */
export const selfUrl = (props: CheckoutProps): string => props.lang_urls[props.locale]

/** Where a linked action leads, or null when it is not possible here. */
const TARGETS = {
  continue: (props) => props.continue_url ?? null,
  retry: (props) => props.retry_url,
  back: (props) => props.back_url,
  receipt: (props) => props.receipt_url,
  check: selfUrl,
} as const satisfies Partial<Record<ActionKind, (props: CheckoutProps) => string | null>>

export type Linked = keyof typeof TARGETS

export const targetOf = (kind: Linked, props: CheckoutProps): string | null =>
  safeHref(TARGETS[kind](props))

const isPossible = (kind: ActionKind, props: CheckoutProps): boolean => {
  if (kind === 'pay') return props.methods.length > 0 && props.amount !== null
  if (kind === 'amount') return props.open_amount != null
  if (kind === 'support') return props.merchant.support_email !== null
  return targetOf(kind, props) !== null
}

/** Exactly one; "check again" is always possible and ends every list that could run dry. */
export const mainAction = (props: CheckoutProps): ActionKind =>
  stateView(stateShown(props)).actions.find((kind) => isPossible(kind, props)) ?? 'check'

/** Quiet links below the main action: the way back, and the receipt. */
export const quietLinks = (props: CheckoutProps): readonly Linked[] => {
  const main = mainAction(props)
  const links = ['receipt', 'back'] as const
  return links.filter((kind) => kind !== main && targetOf(kind, props) !== null)
}
