import type { TimelineEntry } from '#contract/payments.ts'
import type { NoteRow, StoryRow } from './store.ts'

const MONEY = /succeeded|partially_paid|money_received|overpaid|marked_paid|manual_confirmed|refund/

/** One story, oldest first: the same moment's lines keep the order in which they were written. */
export function timelineOf(story: readonly StoryRow[], notes: readonly NoteRow[]): TimelineEntry[] {
  const entries = [...story.map(ofStory), ...notes.map(ofNote)]
  return entries.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
}

function ofStory(row: StoryRow): TimelineEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    code: row.code,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    amount: amountOf(row),
    text: row.text ?? textOf(row.data),
    money: MONEY.test(row.code),
    data: row.data,
  }
}

export const ofNote = (note: NoteRow): TimelineEntry => ({
  id: note.id,
  at: note.created_at.toISOString(),
  kind: 'note',
  code: 'note',
  actor: { kind: 'member', id: note.member_id, name: note.author },
  amount: null,
  text: note.text,
  money: false,
  data: {},
})

type WireAmount = { value: string; currency: string }

/** A refund's own amount on its lines, what was received on the others that moved money. */
function amountOf(row: StoryRow): WireAmount | null {
  if (!MONEY.test(row.code)) return null
  const refund = row.data.refund as { amount?: WireAmount } | undefined
  const own = row.code.startsWith('refund') ? (row.data.amount as WireAmount) : undefined
  return refund?.amount ?? own ?? (row.data.captured_amount as WireAmount | undefined) ?? null
}

const textOf = (data: Record<string, unknown>): string | null =>
  typeof data.message === 'string' && data.message !== '' ? data.message : null
