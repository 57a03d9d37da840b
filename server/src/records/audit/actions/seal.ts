import { createHash } from 'node:crypto'
import type { Seal } from '../../../platform/outbox.ts'
import type { Database, Queryable } from '../../../platform/postgres/index.ts'
import {
  canonicalEntry,
  canonicalLink,
  type EntryRef,
  type Link,
  MISSING_ENTRY,
  refKey,
} from '../chain.ts'
import { appendLinks, clearAudit, lockHead, readFacts, sealedAmong, waitingRefs } from '../store.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The hash of each entry by `refKey`; one that is gone is not in the map. */
export async function entryHashes(
  q: Queryable,
  merchantId: string,
  refs: readonly EntryRef[],
): Promise<Map<string, string>> {
  const facts = await readFacts(q, merchantId, refs)
  return new Map(facts.map((each) => [refKey(each.ref), sha256(canonicalEntry(merchantId, each))]))
}

/** A link after `before`, with the hashes that it must have. */
export function linkAfter(
  merchantId: string,
  before: { readonly seq: bigint; readonly sha256: string },
  ref: EntryRef,
  entry_sha256: string,
): Link {
  const link = {
    seq: before.seq + 1n,
    kind: ref.kind,
    entry_mode: ref.mode,
    entry_id: ref.entry_id,
    entry_sha256,
    prev_sha256: before.sha256,
  }
  return { ...link, sha256: sha256(canonicalLink(merchantId, link)) }
}

/**
 * Appends entries to the merchant's chain, in the order given; those that are in it stay where they
 * are. The head is locked first, so two sealers append one after the other and never fork.
 */
export const sealEntries: Seal = async (tx, merchantId, entries) => {
  if (entries.length === 0) return
  const refs = entries as readonly EntryRef[]
  let end: { seq: bigint; sha256: string } = await lockHead(tx, merchantId)
  const sealed = new Set((await sealedAmong(tx, merchantId, refs)).map(refKey))
  const fresh = new Map(
    refs.filter((ref) => !sealed.has(refKey(ref))).map((ref) => [refKey(ref), ref]),
  )
  const hashes = await entryHashes(tx, merchantId, [...fresh.values()])
  const links: Link[] = []
  for (const [key, ref] of fresh) {
    const link = linkAfter(merchantId, end, ref, hashes.get(key) ?? sha256(MISSING_ENTRY))
    links.push(link)
    end = link
  }
  await appendLinks(tx, merchantId, links)
}

/**
 * Seals what waits, for imports and demo data that cannot wait for the dispatcher. Returns how many
 * entries it sealed; call it until that is 0.
 */
export const sealPending = (db: Database, merchantId: string, limit: number): Promise<number> =>
  db.tx(async (tx) => {
    await lockHead(tx, merchantId)
    const refs = await waitingRefs(tx, merchantId, limit)
    await sealEntries(tx, merchantId, refs)
    await clearAudit(tx, merchantId, refs)
    return refs.length
  })
