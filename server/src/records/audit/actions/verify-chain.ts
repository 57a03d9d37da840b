import type { Queryable } from '../../../platform/postgres/index.ts'
import {
  BAD_LINKS_MAX,
  type BadLink,
  type ChainReport,
  canonicalLink,
  judgeHead,
  judgeLink,
  type Link,
  refKey,
} from '../chain.ts'
import { linksAfter, readHead, type Shelf, unlinkedAfter, waitingEntries } from '../store.ts'
import { entryHashes, sha256 } from './seal.ts'

const LINKS_PER_PAGE = 2000
const ENTRIES_PER_PAGE = 10_000
/** The dispatcher seals within seconds; minutes mean that it is not running. */
const STALLED_MINUTES = 15

type Report = (done: number) => void

/**
 * Walks a merchant's chain from its first link and hashes everything again. Names every edit,
 * deletion, insertion, swap and cut tail. A chain that was rewritten whole, head included, shows
 * only against a copy of an older head.
 */
export async function verifyChain(
  q: Queryable,
  merchantId: string,
  onProgress: Report = () => undefined,
): Promise<ChainReport> {
  const bad: BadLink[] = []
  const { last, entries } = await walk(q, merchantId, bad, onProgress)
  bad.push(...judgeHead(await readHead(q, merchantId), last))
  for (const shelf of ['audit', 'test events', 'live events'] as const) {
    await findUnlinked(q, merchantId, shelf, bad)
  }
  const [first_bad] = bad
  return {
    ok: first_bad === undefined,
    entries,
    ...(await waitingEntries(q, merchantId, STALLED_MINUTES)),
    ...(first_bad === undefined ? {} : { first_bad }),
    bad: bad.slice(0, BAD_LINKS_MAX),
  }
}

async function walk(
  q: Queryable,
  merchantId: string,
  bad: BadLink[],
  report: Report,
): Promise<{ last: Link | null; entries: number }> {
  let last: Link | null = null
  for (let entries = 0; ; ) {
    const links: Link[] = await linksAfter(q, merchantId, last?.seq ?? -1n, LINKS_PER_PAGE)
    const refs = links.map(({ kind, entry_mode, entry_id }) => ({
      kind,
      mode: entry_mode,
      entry_id,
    }))
    const hashes = await entryHashes(q, merchantId, refs)
    for (const [at, link] of links.entries()) {
      const { kind, entry_id, seq } = link
      const key = refs[at]
      const now = {
        entry_sha256: (key && hashes.get(refKey(key))) ?? null,
        sha256: sha256(canonicalLink(merchantId, link)),
      }
      const why = judgeLink(link, last, now)
      if (why !== null) bad.push({ seq: Number(seq), kind, entry_id, why })
      last = link
    }
    entries += links.length
    report(entries)
    if (links.length < LINKS_PER_PAGE || bad.length >= BAD_LINKS_MAX) return { last, entries }
  }
}

async function findUnlinked(
  q: Queryable,
  merchantId: string,
  shelf: Shelf,
  bad: BadLink[],
): Promise<void> {
  const why = 'the entry was never sealed, nor does it wait to be'
  for (let after = ''; bad.length < BAD_LINKS_MAX; ) {
    const page = await unlinkedAfter(q, merchantId, shelf, after, ENTRIES_PER_PAGE)
    for (const { kind, entry_id, unlinked } of page) {
      if (unlinked) bad.push({ seq: null, kind, entry_id, why })
    }
    const last = page.at(-1)
    if (last === undefined || last.looked_at < ENTRIES_PER_PAGE) return
    after = last.entry_id
  }
}
