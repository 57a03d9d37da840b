import { type PastCharge, recordPastCharges } from '#gateways/sandbox/index.ts'
import { assert } from '#server/kernel/assert.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import type { Scope } from '#server/kernel/scope.ts'
import { post, settle } from '#server/ledger/index.ts'
import type { Purposes } from '#server/money/payments/index.ts'
import { searchSubscriber } from '#server/oversight/search/index.ts'
import { enqueue } from '#server/platform/jobs.ts'
import type { EventRow } from '#server/platform/outbox.ts'
import type { Database, Tx } from '#server/platform/postgres/index.ts'
import type { Secrets } from '#server/platform/secrets.ts'
import { sealEntries } from '#server/records/audit/index.ts'
import { idsFrom, makeDice } from './dice.ts'
import { type Leaves, noLeaves, type Posting, type Settling } from './leaves.ts'
import { idleLink } from './links.ts'
import { freeRows, tiedRows, welcome } from './rows.ts'
import { type Script, writeScript } from './script.ts'
import { insertStage, type Scenery, setStage } from './stage.ts'
import { dateLastEvents, hasPayment, insertRows } from './store.ts'
import type { Stage } from './story.ts'
import { tell } from './tell.ts'
import { wavesOf } from './waves.ts'

export type Seeding = {
  readonly db: Database
  readonly secrets: Secrets
  readonly purposes: Purposes
  readonly merchantId: MerchantId
  /** Where payers would reach the links. */
  readonly publicUrl: string
  readonly timeZone: string
  /** The same seed, moment and numbers make the same rows. */
  readonly seed: string
  readonly until_ms: number
  readonly payments: number
  readonly days: number
  readonly onProgress?: (done: number, total: number) => void
  /** Aborted: the batches begun are finished, and the rest is left for another time. */
  readonly signal?: AbortSignal
}

/** Payments of one transaction: large enough for the database, small enough to lose. */
const PER_BATCH = 300
const IDLE_LINKS_PER_BATCH = 3

/**
 * Makes the demo data of a merchant, or what is missing of it: batches that are there are told
 * again, to know what follows from them, and not written. Returns how many were written.
 */
export async function seedDemo(seeding: Seeding): Promise<number> {
  const { db, onProgress = () => undefined } = seeding
  const play = await prepare(seeding)
  const { scope } = play.scenery.stage
  const ledger: Ledger = { postings: [], settlings: [] }
  let before: Promise<void> = Promise.resolve()
  let written = 0
  for (let at = 0; at < play.batches && !seeding.signal?.aborted; at++) {
    const batch = tellBatch(play, at, ledger)
    if (await hasPayment(db, scope, batch.leaves.payments[0]?.id ?? '')) continue
    const earlier = before
    const writing = db.tx((tx) => write(tx, batch, earlier))
    before = writing.then(() => onProgress(at + 1, play.batches))
    before.catch(() => undefined)
    // The next batch is told, and its events are written, while this one is posted and sealed.
    await (at === 0 ? writing : earlier)
    written += 1
  }
  await before
  return written
}

/** Whether a merchant's demo data was begun and not finished, by the first payments of batches. */
export async function isHalfDone(seeding: Seeding): Promise<boolean> {
  const { scenery, script, batches } = await prepare(seeding)
  const { stage } = scenery
  const has = async (batch: number): Promise<boolean> => {
    const leaves = noLeaves()
    tell(stage, script, batch * PER_BATCH, leaves)
    return hasPayment(seeding.db, stage.scope, leaves.payments[0]?.id ?? '')
  }
  return (await has(0)) && !(await has(batches - 1))
}

type Play = { readonly scenery: Scenery; readonly script: Script; readonly batches: number }

async function prepare(seeding: Seeding): Promise<Play> {
  const { db, merchantId, until_ms, days, payments, timeZone } = seeding
  const { secrets, purposes, publicUrl } = seeding
  const scope: Scope = { merchantId, mode: 'test' }
  const dice = makeDice(`${seeding.seed} ${merchantId} ${until_ms}`)
  const span = { until_ms, days }
  const scenery = await setStage(db, { scope, span, dice, purposes, publicUrl, secrets })
  const script = writeScript(span, payments, timeZone, dice)
  return { scenery, script, batches: Math.ceil(script.scenes.length / PER_BATCH) }
}

type Ledger = { postings: Posting[]; settlings: Settling[] }

type Batch = Ledger & {
  readonly scenery: Scenery
  readonly leaves: Leaves
  readonly accountRef: string | null
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** What happens in a batch's stretch of time, and everything that its stories leave behind. */
function tellBatch({ scenery, script }: Play, at: number, ledger: Ledger): Batch {
  const { stage } = scenery
  const { scenes, customers, dice } = script
  const leaves = noLeaves()
  const [first, next] = [at * PER_BATCH, (at + 1) * PER_BATCH]
  const begins_ms = at === 0 ? Number.NEGATIVE_INFINITY : (scenes[first]?.at_ms ?? 0)
  const isLast = next >= scenes.length
  const ends_ms = isLast ? Number.POSITIVE_INFINITY : (scenes[next]?.at_ms ?? 0)
  for (const customer of customers) {
    const { created_ms } = customer
    if (created_ms >= begins_ms && created_ms < ends_ms) welcome(stage, customer, leaves)
  }
  for (let number = first; number < next; number++) tell(stage, script, number, leaves)
  for (let link = 0; link < IDLE_LINKS_PER_BATCH; link++) {
    const own = dice.of(`idle link ${at}.${link}`)
    const scene = scenes[Math.min(scenes.length - 1, first + own.roll(PER_BATCH))]
    if (scene) idleLink(stage, leaves, own, scene.at_ms)
  }
  ledger.postings.push(...leaves.postings)
  ledger.settlings.push(...leaves.settlings)
  const due = <T extends { readonly at_ms: number }>(all: T[]): T[] => {
    const now = all.filter((one) => one.at_ms < ends_ms)
    const later = all.filter((one) => one.at_ms >= ends_ms)
    all.splice(0, all.length, ...later)
    return now
  }
  const accountRef = stage.accounts.sandbox?.account_ref ?? null
  const [postings, settlings] = [due(ledger.postings), due(ledger.settlings)]
  return { scenery, leaves, accountRef, isFirst: at === 0, isLast, postings, settlings }
}

async function write(tx: Tx, batch: Batch, earlier: Promise<void>): Promise<void> {
  const { scenery, leaves, accountRef } = batch
  const { stage } = scenery
  const { scope } = stage
  if (batch.isFirst) await insertStage(tx, scenery)
  for (const [table, rows] of freeRows(leaves)) await insertRows(tx, scope, table, rows)
  if (accountRef !== null && leaves.past.length > 0) {
    await recordPastCharges(tx, accountRef, leaves.past satisfies readonly PastCharge[])
  }
  await earlier
  for (const [table, rows] of tiedRows(leaves, stage)) await insertRows(tx, scope, table, rows)
  await keepBooks(tx, scope, batch)
  await makeFindable(tx, stage, leaves)
  const idAt = idsFrom(makeDice(`jobs ${leaves.payments[0]?.id}`))
  await enqueue(tx, (kind) => idAt(kind, stage.until_ms), scope, leaves.jobs)
  await seal(tx, scope, leaves)
  if (batch.isLast) await dateLastEvents(tx, scope)
}

/** Through the real posting functions, at the time when each fact became true and in that order. */
async function keepBooks(tx: Tx, scope: Scope, { postings, settlings }: Ledger): Promise<void> {
  for (const wave of wavesOf<Posting | Settling>([...postings, ...settlings])) {
    const posted = wave.filter((one) => 'transfers' in one)
    const transfers = posted.flatMap((one, group) =>
      one.transfers.map((transfer) => ({ ...transfer, group })),
    )
    const at = posted.flatMap((one) => one.transfers.map(() => new Date(one.at_ms)))
    for (const answer of await post(tx, scope, transfers, at)) {
      assert(answer.outcome === 'posted', `demo: a transfer was ${answer.code ?? answer.outcome}`)
    }
    const settled = wave.filter((one) => 'inputs' in one)
    const inputs = settled.flatMap((one) => one.inputs)
    const when = settled.flatMap((one) => one.inputs.map(() => new Date(one.at_ms)))
    for (const answer of await settle(tx, scope, inputs, when)) {
      assert(answer.outcome === 'settled', `demo: a hold was ${answer.code ?? answer.outcome}`)
    }
  }
}

/** The words of each payment, by the subscriber that will keep them. */
async function makeFindable(tx: Tx, { scope }: Stage, leaves: Leaves): Promise<void> {
  const rows = leaves.payments.map(
    (payment): EventRow => ({
      merchant_id: scope.merchantId,
      mode: scope.mode,
      id: '',
      type: 'payment.created',
      object_id: payment.id,
      object_version: payment.version,
      payment_id: payment.id,
      actor_kind: 'system',
      actor_id: null,
      actor_name: null,
      data: {},
      created_at: payment.updated_at,
    }),
  )
  await searchSubscriber(tx, rows)
}

/** Sealed in the batch's own transaction, in the order of time, instead of by the dispatcher. */
async function seal(tx: Tx, scope: Scope, leaves: Leaves): Promise<void> {
  const { mode } = scope
  const entries = [
    ...leaves.events.map(({ id, at_ms }) => ({ at_ms, kind: 'event', mode, entry_id: id })),
    ...leaves.audits.map(({ id, at_ms }) => ({ at_ms, kind: 'audit', mode, entry_id: id })),
  ]
  entries.sort((a, b) => a.at_ms - b.at_ms || (a.entry_id < b.entry_id ? -1 : 1))
  await sealEntries(tx, scope.merchantId, entries)
}
