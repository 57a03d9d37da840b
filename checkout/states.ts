import type { CheckoutProps, CheckoutState, Watch } from './props.ts'

/** What the one main action of a page may be. */
export type ActionKind =
  | 'pay'
  | 'amount'
  | 'continue'
  | 'retry'
  | 'back'
  | 'receipt'
  | 'support'
  | 'check'

export type Tone = 'ask' | 'wait' | 'act' | 'good' | 'bad' | 'over'

/** Which of the amounts leads the page. */
export type Headline = 'due' | 'paid' | 'neutral'

type StateView = {
  readonly tone: Tone
  readonly headline: Headline
  /** In order of preference: the first that is possible is the page's one main action. */
  readonly actions: readonly ActionKind[]
  /** Seconds between looks without JavaScript; 0: the page does not change by itself. */
  readonly refresh_s: number
  /** Whether a look when the payer comes back to the tab can find something new. */
  readonly settled: boolean
}

export const STATES = {
  choose_method: {
    tone: 'ask',
    headline: 'due',
    actions: ['pay'],
    refresh_s: 0,
    settled: false,
  },
  open_amount: {
    tone: 'ask',
    headline: 'due',
    actions: ['amount'],
    refresh_s: 0,
    settled: true,
  },
  processing: {
    tone: 'wait',
    headline: 'neutral',
    actions: ['check'],
    refresh_s: 5,
    settled: false,
  },
  action_required: {
    tone: 'act',
    headline: 'due',
    actions: ['continue', 'check'],
    refresh_s: 15,
    settled: false,
  },
  paid: {
    tone: 'good',
    headline: 'paid',
    actions: ['back', 'receipt', 'check'],
    refresh_s: 0,
    settled: true,
  },
  paid_waiting_confirmation: {
    tone: 'wait',
    headline: 'neutral',
    actions: ['back', 'check'],
    refresh_s: 30,
    settled: false,
  },
  partial: {
    tone: 'act',
    headline: 'due',
    actions: ['pay', 'retry', 'support', 'check'],
    refresh_s: 0,
    settled: false,
  },
  pending: {
    tone: 'wait',
    headline: 'neutral',
    actions: ['back', 'check'],
    refresh_s: 30,
    settled: false,
  },
  failed: {
    tone: 'bad',
    headline: 'due',
    actions: ['pay', 'retry', 'back', 'support', 'check'],
    refresh_s: 0,
    settled: false,
  },
  expired: {
    tone: 'over',
    headline: 'neutral',
    actions: ['retry', 'back', 'support', 'check'],
    refresh_s: 0,
    settled: false,
  },
  canceled: {
    tone: 'over',
    headline: 'neutral',
    actions: ['retry', 'back', 'support', 'check'],
    refresh_s: 0,
    settled: false,
  },
  already_paid: {
    tone: 'good',
    headline: 'paid',
    actions: ['receipt', 'back', 'check'],
    refresh_s: 0,
    settled: true,
  },
  method_unavailable: {
    tone: 'bad',
    headline: 'due',
    actions: ['pay', 'retry', 'back', 'support', 'check'],
    refresh_s: 0,
    settled: false,
  },
  maintenance: {
    tone: 'over',
    headline: 'neutral',
    actions: ['check'],
    refresh_s: 0,
    settled: false,
  },
} as const satisfies Record<CheckoutState, StateView>

export const stateView = (state: CheckoutState): StateView => STATES[state]

/** Choosing needs something to choose: without any method the page says so instead. */
export function stateShown(props: CheckoutProps): CheckoutState {
  if (props.state === 'choose_method' && props.methods.length === 0) return 'method_unavailable'
  return props.state
}

/** How the island watches this page. */
export function watchOf(props: CheckoutProps): Watch {
  const view = stateView(stateShown(props))
  if (props.status_url === null || view.settled) return 'never'
  return view.refresh_s > 0 ? 'always' : 'return'
}
