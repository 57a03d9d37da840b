import type { Florin } from '#server/florin.ts'
import type { MerchantId } from '#server/kernel/ids.ts'
import { seedDemo } from './seed.ts'
import { openingOf } from './store.ts'

export { type Seeding, seedDemo } from './seed.ts'

export type DemoChoices = {
  readonly payments?: number
  /** Draws how far it is; without it, the tenths are said in lines. */
  readonly onProgress?: (done: number, total: number) => void
}

const SEED = 'florin'
const PAYMENTS = 25_000
const DAYS = 90

/** Ninety days of a shop's life that lead up to the moment when the merchant was made. */
export async function makeDemoData(
  florin: Florin,
  merchantId: MerchantId,
  say: (line: string) => void,
  { payments = PAYMENTS, onProgress = inTenths(say) }: DemoChoices = {},
): Promise<void> {
  const { db, purposes, publicUrl } = florin.deps
  const opening = await openingOf(db, merchantId)
  if (!opening) return
  await seedDemo({
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
    onProgress,
  })
}

function inTenths(say: (line: string) => void): (done: number, total: number) => void {
  let said = 0
  return (done, total) => {
    const tenth = Math.floor((done * 10) / total)
    if (tenth > said) say(`Making demo data: ${tenth * 10} %`)
    said = tenth
  }
}
