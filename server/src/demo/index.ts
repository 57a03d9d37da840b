import type { Florin } from '#server/florin.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { meter } from '#server/meter.ts'
import { allMerchants } from '#server/records/merchants/index.ts'
import { isHalfDone, type Seeding, seedDemo } from './seed.ts'
import { firstMember, openingOf } from './store.ts'

export type DemoChoices = Pick<Seeding, 'onProgress' | 'signal'> & { readonly payments?: number }

const SEED = 'florin'
const PAYMENTS = 25_000
const DAYS = 90
const LABEL = 'Making demo data'

/** Ninety days of a shop's life that lead up to the moment when the merchant was made. */
export async function makeDemoData(
  florin: Florin,
  merchantId: MerchantId,
  say: (line: string) => void,
  choices: DemoChoices = {},
): Promise<void> {
  const seeding = await seedingOf(florin, merchantId, choices)
  const onProgress = meter(LABEL, { write: (text) => say(text.trimEnd()) })
  if (seeding) await seedDemo({ onProgress, ...seeding })
}

/** Completes demo data that was interrupted. Returns whether there was any to complete. */
export async function finishDemoData(florin: Florin, choices: DemoChoices = {}): Promise<boolean> {
  let finished = false
  for (const { merchant_id } of await allMerchants(florin.deps.db)) {
    const seeding = await seedingOf(florin, merchant_id, choices)
    if (!seeding || !(await isHalfDone(seeding))) continue
    await seedDemo(seeding)
    finished = true
  }
  return finished
}

async function seedingOf(
  florin: Florin,
  merchantId: MerchantId,
  { payments = PAYMENTS, ...more }: DemoChoices,
): Promise<Seeding | null> {
  const { db, purposes, publicUrl } = florin.deps
  const opening = await openingOf(db, merchantId)
  if (!opening || !(await firstMember(db, merchantId))) return null
  return {
    ...more,
    db,
    secrets: florin.secrets,
    purposes,
    merchantId,
    publicUrl: publicUrl(),
    timeZone: opening.time_zone,
    seed: SEED,
    until_ms: opening.created_ms,
    payments,
    days: DAYS,
  }
}
