import type { Dice } from './dice.ts'
import type { Locale } from './people.ts'

type Price = {
  /** What a usual basket costs, in minor units. */
  readonly usual: number
  /** Baskets end on a multiple of `step`, less `less`: 49.90, 1 500 F, 4.750 KD. */
  readonly step: number
  readonly less: readonly number[]
  /** How much one subscription costs, and what is topped up at once. */
  readonly plans: readonly number[]
  readonly top_ups: readonly number[]
}

/** Minor units, so 100 for a euro, 1 for a yen, 100 000 000 for a bitcoin. */
const PRICES: Readonly<Record<string, Price>> = {
  EUR: {
    usual: 4200,
    step: 100,
    less: [0, 1, 10, 10, 50, 5],
    plans: [900, 1900, 2900, 4900, 9900],
    top_ups: [1000, 2000, 2500, 5000, 10_000, 20_000],
  },
  USD: {
    usual: 4800,
    step: 100,
    less: [0, 1, 1, 5, 50],
    plans: [999, 1999, 2999, 4999, 9999],
    top_ups: [1000, 2000, 2500, 5000, 10_000],
  },
  JPY: {
    usual: 5200,
    step: 100,
    less: [0, 20, 50, 2],
    plans: [980, 1480, 2980, 4980],
    top_ups: [1000, 3000, 5000, 10_000],
  },
  KWD: {
    usual: 14_500,
    step: 250,
    less: [0, 0, 5],
    plans: [2900, 5900, 9900],
    top_ups: [5000, 10_000, 20_000],
  },
  XOF: {
    usual: 18_500,
    step: 500,
    less: [0, 0, 25, 5],
    plans: [4900, 9900, 19_900],
    top_ups: [2000, 5000, 10_000, 25_000],
  },
  BTC: {
    usual: 62_000,
    step: 1,
    less: [0],
    plans: [10_000, 25_000, 50_000],
    top_ups: [50_000, 100_000, 250_000, 500_000],
  },
}

export type Ware = 'basket' | 'plan' | 'top_up' | 'invoice'

const priceOf = (currency: string): Price => PRICES[currency] ?? (PRICES.EUR as Price)

/** An amount in minor units that a shop in this currency would ask for. */
export function amountOf(ware: Ware, currency: string, dice: Dice): bigint {
  const price = priceOf(currency)
  if (ware === 'plan') return BigInt(dice.pick(price.plans))
  if (ware === 'top_up') return BigInt(dice.pick(price.top_ups))
  // Prices spread by factors, not by sums: many small ones, few large ones.
  const spread = Math.exp(dice.bell() * (ware === 'invoice' ? 1.5 : 1.1))
  const size = price.usual * spread * (ware === 'invoice' ? 9 : 1)
  const steps = Math.max(1, Math.round(size / price.step))
  return BigInt(steps * price.step - dice.pick(price.less))
}

const WORDS: Readonly<Record<Ware, Readonly<Record<Locale, readonly string[]>>>> = {
  basket: {
    en: [
      'Order of 2 items',
      'Coffee beans and filters',
      'Running shoes',
      'Desk lamp',
      'Two concert tickets',
      'Ceramic tableware',
      'Weekend parking',
      'Spare parts',
    ],
    fr: [
      'Commande de 2 articles',
      'Café en grains et filtres',
      'Chaussures de course',
      'Lampe de bureau',
      'Deux places de concert',
      'Vaisselle en céramique',
      'Stationnement du week-end',
      'Pièces détachées',
    ],
  },
  plan: {
    en: ['Pro plan, one month', 'Game server, 8 GB', 'Team plan, one month'],
    fr: ['Formule Pro, un mois', 'Serveur de jeu, 8 Go', 'Formule Équipe, un mois'],
  },
  top_up: { en: ['Balance top-up'], fr: ['Rechargement du solde'] },
  invoice: {
    en: ['Consulting, final invoice', 'Deposit for works', 'Annual maintenance', 'Training day'],
    fr: ['Conseil, solde de facture', 'Acompte de travaux', 'Maintenance annuelle', 'Formation'],
  },
}

export const describe = (ware: Ware, locale: Locale, dice: Dice): string =>
  dice.pick(WORDS[ware][locale])

const SERIES: Readonly<Record<Ware, Readonly<Record<Locale, string>>>> = {
  basket: { en: 'ORD', fr: 'CMD' },
  plan: { en: 'SUB', fr: 'ABO' },
  top_up: { en: 'TOP', fr: 'REC' },
  invoice: { en: 'INV', fr: 'FAC' },
}

/** The merchant's own number for what is paid; `number` counts up over time. */
export const referenceOf = (ware: Ware, locale: Locale, year: number, number: number): string =>
  `${SERIES[ware][locale]}-${year}-${String(100_000 + number).slice(-5)}`
