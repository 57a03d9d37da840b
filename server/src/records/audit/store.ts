import type { AuditEntry } from '#contract/people.ts'
import type { Queryable, Tx } from '../../platform/postgres/index.ts'
import { type EntryFacts, type EntryRef, GENESIS_SHA256, type Head, type Link } from './chain.ts'
import {
  type AuditRow,
  type AuditScope,
  changesText,
  type NewAuditEntry,
  viewOf,
} from './entries.ts'

/** The entry and its place on the outbox, in the transaction of what was done. */
export async function insertEntry(
  tx: Tx,
  scope: AuditScope,
  id: string,
  at_us: bigint,
  entry: NewAuditEntry,
): Promise<void> {
  await tx.query({
    name: 'audit_insert',
    text: `with fresh as (
        insert into audit_entries (merchant_id, id, mode, at_us, actor_kind, actor_id, actor_name,
          action, object_id, reason, changes, request_id, ip)
        values ($1, $2, $3::text, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning 1)
      insert into outbox (merchant_id, mode, kind, entry_id)
      select $1, coalesce($3::text, ''), 'audit', $2 from fresh`,
    values: [
      scope.merchantId,
      id,
      scope.mode,
      at_us,
      entry.actor.kind,
      entry.actor.id,
      entry.actor.name,
      entry.action,
      entry.objectId ?? null,
      entry.reason ?? null,
      changesText(entry.changes),
      entry.requestId ?? null,
      entry.ip ?? null,
    ],
  })
}

export type AuditFilter = {
  /** Entries of this mode and those of both. */
  readonly mode: 'test' | 'live'
  readonly limit: number
  /** The id of the last entry of the page before. */
  readonly before?: string
  readonly objectId?: string
  readonly action?: string
}

/** Newest first. */
export async function listAudit(
  q: Queryable,
  merchantId: string,
  filter: AuditFilter,
): Promise<AuditEntry[]> {
  const rows = await q.query<AuditRow>({
    name: 'audit_list',
    text: `select a.id, a.at_us, a.actor_kind, a.actor_id, a.actor_name, a.action, a.object_id,
        a.reason, a.changes, a.request_id, a.ip, exists (select from chain_links l
          where l.merchant_id = a.merchant_id and l.kind = 'audit'
            and l.entry_mode = coalesce(a.mode, '') and l.entry_id = a.id) as sealed
      from audit_entries a
      where a.merchant_id = $1 and (a.mode is null or a.mode = $2)
        and ($3::text is null or a.id < $3) and ($4::text is null or a.object_id = $4)
        and ($5::text is null or a.action = $5)
      order by a.id desc limit $6`,
    values: [
      merchantId,
      filter.mode,
      filter.before ?? null,
      filter.objectId ?? null,
      filter.action ?? null,
      filter.limit,
    ],
  })
  return rows.map(viewOf)
}

/** One sealer per merchant: whoever holds the head. */
export async function lockHead(
  tx: Tx,
  merchantId: string,
): Promise<{ seq: bigint; sha256: string }> {
  const [head] = await tx.query<{ seq: bigint; sha256: string }>({
    name: 'audit_head_lock',
    text: `insert into chain_heads as h (merchant_id, seq, sha256)
      values ($1, 0, decode($2, 'hex'))
      on conflict (merchant_id) do update set seq = h.seq
      returning seq, encode(sha256, 'hex') as sha256`,
    values: [merchantId, GENESIS_SHA256],
  })
  if (head === undefined) throw new Error('an upsert returns its row')
  return head
}

export const sealedAmong = (q: Queryable, merchantId: string, refs: readonly EntryRef[]) =>
  q.query<EntryRef>({
    name: 'audit_sealed_among',
    text: `select l.kind, l.entry_mode as mode, l.entry_id
      from unnest($2::text[], $3::text[], $4::text[]) as r (kind, mode, entry_id)
      join chain_links l on l.merchant_id = $1 and l.kind = r.kind and l.entry_mode = r.mode
        and l.entry_id = r.entry_id`,
    values: [merchantId, ...columnsOf(refs)],
  })

export async function appendLinks(
  tx: Tx,
  merchantId: string,
  links: readonly Link[],
): Promise<void> {
  const last = links.at(-1)
  if (last === undefined) return
  await tx.query({
    name: 'audit_append',
    text: `with fresh as (
        insert into chain_links (merchant_id, seq, kind, entry_mode, entry_id, entry_sha256,
          prev_sha256, sha256)
        select $1, l.seq, l.kind, l.entry_mode, l.entry_id, decode(l.entry_sha256, 'hex'),
          decode(l.prev_sha256, 'hex'), decode(l.sha256, 'hex')
        from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::text[])
          as l (seq, kind, entry_mode, entry_id, entry_sha256, prev_sha256, sha256)
        returning seq)
      update chain_heads set seq = $9, sha256 = decode($10, 'hex')
      where merchant_id = $1 and exists (select from fresh)`,
    values: [
      merchantId,
      links.map((link) => link.seq),
      links.map((link) => link.kind),
      links.map((link) => link.entry_mode),
      links.map((link) => link.entry_id),
      links.map((link) => link.entry_sha256),
      links.map((link) => link.prev_sha256),
      links.map((link) => link.sha256),
      last.seq,
      last.sha256,
    ],
  })
}

const columnsOf = (refs: readonly EntryRef[]): string[][] => [
  refs.map((ref) => ref.kind),
  refs.map((ref) => ref.mode),
  refs.map((ref) => ref.entry_id),
]

type Row = Record<string, string | number | bigint | null>

/** Columns are hashed under their own names; `json` stands for the one jsonb column, as text. */
const facts =
  (kind: EntryRef['kind'], json: string) =>
  (row: Row): EntryFacts => {
    const { mode, [json]: text, ...columns } = row
    return {
      ref: { kind, mode: String(mode ?? ''), entry_id: String(row.id) },
      columns: { mode: mode ?? null, ...columns },
      json: { [json]: String(text) },
    }
  }

/** The entries that refs name, as stored; those that are gone are not among them. */
export async function readFacts(
  q: Queryable,
  merchantId: string,
  refs: readonly EntryRef[],
): Promise<EntryFacts[]> {
  const idsOf = (kind: EntryRef['kind']) =>
    refs.filter((ref) => ref.kind === kind).map((ref) => ref.entry_id)
  const [audit, event] = [idsOf('audit'), idsOf('event')]
  const found: EntryFacts[] = []
  if (audit.length > 0) {
    const rows = await q.query<Row>({
      name: 'audit_facts',
      text: `select id, mode, at_us, actor_kind, actor_id, actor_name, action, object_id, reason,
          request_id, ip, changes::text as changes
        from audit_entries where merchant_id = $1 and id = any($2)`,
      values: [merchantId, audit],
    })
    found.push(...rows.map(facts('audit', 'changes')))
  }
  if (event.length > 0) {
    const rows = await q.query<Row>({
      name: 'audit_event_facts',
      text: `select id, mode, (extract(epoch from created_at) * 1000000)::bigint as at_us, type,
          object_id, object_version, payment_id, actor_kind, actor_id, actor_name,
          data::text as data
        from events where merchant_id = $1 and mode in ('test', 'live') and id = any($2)`,
      values: [merchantId, event],
    })
    found.push(...rows.map(facts('event', 'data')))
  }
  return found
}

export const linksAfter = (q: Queryable, merchantId: string, after: bigint, limit: number) =>
  q.query<Link>({
    name: 'audit_links_after',
    text: `select seq, kind, entry_mode, entry_id, encode(entry_sha256, 'hex') as entry_sha256,
        encode(prev_sha256, 'hex') as prev_sha256, encode(sha256, 'hex') as sha256
      from chain_links where merchant_id = $1 and seq > $2 order by seq limit $3`,
    values: [merchantId, after, limit],
  })

export async function readHead(q: Queryable, merchantId: string): Promise<Head> {
  const [head] = await q.query<Head>({
    name: 'audit_head',
    text: `select h.seq, encode(h.sha256, 'hex') as sha256,
        encode(l.sha256, 'hex') as link_sha256, exists (select from chain_links b
          where b.merchant_id = h.merchant_id and b.seq > h.seq) as beyond
      from chain_heads h left join chain_links l on l.merchant_id = h.merchant_id and l.seq = h.seq
      where h.merchant_id = $1`,
    values: [merchantId],
  })
  return head ?? { seq: null, sha256: null, link_sha256: null, beyond: false }
}

/** Where entries are: audit entries of all modes, or the events of one. */
export type Shelf = 'audit' | 'test events' | 'live events'

type Unlinked = EntryRef & { readonly unlinked: boolean; readonly looked_at: number }

const unlinked = (kind: EntryRef['kind'], table: string, mode: string, where: string) => `
  with page as materialized (
    select ${mode} as mode, id from ${table} where merchant_id = $1 and id > $2 ${where}
    order by id limit $3)
  select '${kind}' as kind, p.mode, p.id as entry_id, s.unlinked,
    (select count(*) from page)::int as looked_at
  from page p cross join lateral (select not exists (select from chain_links l
      where l.merchant_id = $1 and l.kind = '${kind}' and l.entry_mode = p.mode
        and l.entry_id = p.id)
    and not exists (select from outbox o where o.merchant_id = $1 and o.kind = '${kind}'
      and o.mode = p.mode and o.entry_id = p.id) as unlinked) s
  where s.unlinked or p.id = (select max(id) from page)
  order by p.id`

const UNLINKED: Readonly<Record<Shelf, string>> = {
  audit: unlinked('audit', 'audit_entries', `coalesce(mode, '')`, ''),
  'test events': unlinked('event', 'events', 'mode', `and mode = 'test'`),
  'live events': unlinked('event', 'events', 'mode', `and mode = 'live'`),
}

/**
 * Entries, among the next `limit` of a shelf, that are neither linked nor waiting to be: they were
 * put there past the application. The last row says where the walk stands.
 */
export const unlinkedAfter = (
  q: Queryable,
  merchantId: string,
  shelf: Shelf,
  after: string,
  limit: number,
) =>
  q.query<Unlinked>({
    name: `audit_unlinked_${shelf}`,
    text: UNLINKED[shelf],
    values: [merchantId, after, limit],
  })

/** What waits on the outbox, and how much of it for longer than `minutes`. */
export async function waitingEntries(
  q: Queryable,
  merchantId: string,
  minutes: number,
): Promise<{ waiting: number; stalled: number }> {
  const [row] = await q.query<{ waiting: number; stalled: number }>({
    name: 'audit_waiting',
    text: `select count(*)::int as waiting, count(*) filter (where now() - $2 * interval '1 min'
        > coalesce(e.created_at, to_timestamp(a.at_us / 1000000)))::int as stalled
      from outbox o
      left join events e on o.kind = 'event' and e.merchant_id = o.merchant_id
        and e.mode = o.mode and e.id = o.entry_id
      left join audit_entries a on o.kind = 'audit' and a.merchant_id = o.merchant_id
        and a.id = o.entry_id
      where o.merchant_id = $1`,
    values: [merchantId, minutes],
  })
  return row ?? { waiting: 0, stalled: 0 }
}

/** Entries on the outbox that are not sealed yet, oldest first. */
export const waitingRefs = (q: Queryable, merchantId: string, limit: number) =>
  q.query<EntryRef>({
    name: 'audit_waiting_refs',
    text: `select o.kind, o.mode, o.entry_id from outbox o
      where o.merchant_id = $1 and not exists (select from chain_links l
        where l.merchant_id = $1 and l.kind = o.kind and l.entry_mode = o.mode
          and l.entry_id = o.entry_id)
      order by o.entry_id limit $2`,
    values: [merchantId, limit],
  })

/** Audit entries wait for nothing but the seal; events also wait for their subscribers. */
export async function clearAudit(
  tx: Tx,
  merchantId: string,
  refs: readonly EntryRef[],
): Promise<void> {
  await tx.query({
    name: 'audit_clear',
    text: `delete from outbox where merchant_id = $1 and kind = 'audit' and entry_id = any($2)`,
    values: [merchantId, refs.filter((ref) => ref.kind === 'audit').map((ref) => ref.entry_id)],
  })
}
