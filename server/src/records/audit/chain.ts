import { canonicalJson } from './canonical-json.ts'

export type EntryKind = 'audit' | 'event'

/** Points at one entry; `mode` is '' for an audit entry of both modes. */
export type EntryRef = {
  readonly kind: EntryKind
  readonly mode: string
  readonly entry_id: string
}
export const refKey = (ref: EntryRef): string => `${ref.kind} ${ref.mode} ${ref.entry_id}`

/** An entry as it is stored: text, whole numbers, and JSON as text. */
export type EntryFacts = {
  readonly ref: EntryRef
  readonly columns: Readonly<Record<string, string | number | bigint | null>>
  readonly json: Readonly<Record<string, string>>
}

export type Link = {
  readonly seq: bigint
  readonly kind: EntryKind
  readonly entry_mode: string
  readonly entry_id: string
  /** Hexadecimal, as are the other two. */
  readonly entry_sha256: string
  readonly prev_sha256: string
  readonly sha256: string
}

/** What the first link follows. */
export const GENESIS_SHA256 = '0'.repeat(64)

/** Stands for an entry that was announced and was gone when its turn to be sealed came. */
export const MISSING_ENTRY = 'missing'

const object = (fields: readonly (readonly [string, string])[]): string =>
  `{${fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join(',')}}`

const plain = (value: string | number | bigint | null): string =>
  typeof value === 'string' ? JSON.stringify(value) : String(value)

export function canonicalEntry(merchantId: string, { ref, columns, json }: EntryFacts): string {
  return object([
    ['merchant_id', plain(merchantId)],
    ['kind', plain(ref.kind)],
    ...Object.entries(columns).map(([key, value]) => [key, plain(value)] as const),
    ...Object.entries(json).map(([key, text]) => [key, canonicalJson(text)] as const),
  ])
}

export function canonicalLink(merchantId: string, link: Omit<Link, 'sha256'>): string {
  return object([
    ['merchant_id', plain(merchantId)],
    ['seq', plain(link.seq)],
    ['kind', plain(link.kind)],
    ['entry_mode', plain(link.entry_mode)],
    ['entry_id', plain(link.entry_id)],
    ['entry_sha256', plain(link.entry_sha256)],
    ['prev_sha256', plain(link.prev_sha256)],
  ])
}

/** Of one place in the chain: what is wrong with it. */
export type BadLink = {
  /** Null for an entry that no link stands for. */
  readonly seq: number | null
  readonly kind: EntryKind | null
  readonly entry_id: string | null
  readonly why: string
}

export type ChainReport = {
  readonly ok: boolean
  /** Links that were read. */
  readonly entries: number
  /** Entries on the outbox, not sealed yet; of those, how many have waited too long. */
  readonly waiting: number
  readonly stalled: number
  readonly first_bad?: BadLink
  /** At most `BAD_LINKS_MAX`, in the order of the chain. */
  readonly bad: readonly BadLink[]
}
export const BAD_LINKS_MAX = 100

type Recomputed = {
  /** Of the entry now, or null if it is gone. */
  readonly entry_sha256: string | null
  readonly sha256: string
}

/** Why a link is bad, given the one before it; null if it is good. */
export function judgeLink(link: Link, before: Link | null, now: Recomputed): string | null {
  const expected = (before?.seq ?? 0n) + 1n
  if (link.seq !== expected) return `link ${expected} is missing`
  if (link.prev_sha256 !== (before?.sha256 ?? GENESIS_SHA256)) {
    return 'it does not follow the link before it'
  }
  if (link.sha256 !== now.sha256) return 'the link was changed'
  if (now.entry_sha256 === null) return 'the entry was deleted'
  if (link.entry_sha256 !== now.entry_sha256) return 'the entry was changed'
  return null
}

export type Head = {
  readonly seq: bigint | null
  readonly sha256: string | null
  /** Of the link that the head names, and whether links stand after it. */
  readonly link_sha256: string | null
  readonly beyond: boolean
}

/** Why the end of the chain is bad: a cut tail, or links that were put after the end. */
export function judgeHead(head: Head, last: Link | null): BadLink[] {
  const bad = (seq: bigint, why: string): BadLink[] => [
    { seq: Number(seq), kind: last?.kind ?? null, entry_id: last?.entry_id ?? null, why },
  ]
  if (head.seq === null) return last === null ? [] : bad(last.seq, 'the head of the chain is gone')
  if (head.beyond) return bad(head.seq + 1n, 'links stand after the end of the chain')
  if (head.seq === 0n) return []
  const end = last?.seq ?? 0n
  if (head.link_sha256 === null) {
    return bad(end + 1n, `the chain ends at ${end} and once ended at ${head.seq}`)
  }
  return head.link_sha256 === head.sha256 ? [] : bad(head.seq, 'the head names another last link')
}
