import type { CardProblem } from '../cards.ts'
import type { ChargeStatus, Failure } from '../charge.ts'
import type { Refund } from '../wire.ts'

export type Language = 'en' | 'fr'

export type Words = {
  readonly other_language: string
  readonly sandbox: string
  readonly no_real_money: string
  readonly pay_title: string
  readonly you_pay: string
  readonly reference: string
  readonly card_number: string
  readonly card_hint: string
  readonly pay: (amount: string) => string
  readonly cancel: string
  readonly test_cards: string
  readonly test_cards_hint: string
  readonly card_problem: Readonly<Record<CardProblem, string>>
  readonly authenticate_title: string
  readonly authenticate_text: (amount: string) => string
  readonly approve: string
  readonly refuse: string
  readonly result: Readonly<Record<ChargeStatus, { title: string; text: string }>>
  readonly failure: Readonly<Record<Failure, string>>
  readonly go_on: string
  readonly close: string
  readonly no_page_title: string
  readonly no_page_text: string
  readonly broken_title: string
  readonly broken_text: string
  readonly dashboard: string
  readonly charge: string
  readonly status: string
  readonly amount: string
  readonly captured: string
  readonly refunded: string
  readonly fee: string
  readonly card: string
  readonly our_reference: string
  readonly made: string
  readonly refunds: string
  readonly refund: string
  readonly refund_amount: string
  readonly refund_hint: string
  readonly refund_refused: string
  readonly nothing_to_refund: string
  readonly no_refunds: string
  readonly refund_status: Readonly<Record<Refund['status'], string>>
  readonly events: string
  readonly no_events: string
  readonly event: string
  readonly delivery: string
  readonly delivery_state: Readonly<
    Record<'scheduled' | 'held' | 'lost' | 'delivered' | 'exhausted', string>
  >
  readonly outside: string
}
