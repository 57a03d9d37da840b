import type { CustomerId } from '#server/kernel/ids.ts'
import { DAY_MS, type Span } from './calendar.ts'
import { type Dice, idsFrom } from './dice.ts'

export type Locale = 'en' | 'fr'
export type Person = {
  readonly name: string
  readonly email: string
  readonly country: string
  readonly locale: Locale
  /** What they are used to pay in. */
  readonly currency: string
}
export type Customer = Person & {
  readonly id: CustomerId
  readonly label: string
  readonly created_ms: number
}

const split = (names: string): readonly string[] => names.split(' ')

const NAMES = {
  fr: {
    first: split(
      'Camille Léa Manon Chloé Inès Élodie Zoé Juliette Margaux Clémence Anaïs Céline Aurélie ' +
        'Sophie Hélène Noémie Lucas Hugo Théo Louis Jules Raphaël Gabriel Maxime Antoine ' +
        'Benoît Cédric François Jérôme Rémi Étienne Mathéo Guillaume Loïc',
    ),
    last: split(
      'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent ' +
        'Lefèbvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Mercier ' +
        'Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Chevalier Noël',
    ),
  },
  en: {
    first: split(
      'Olivia Amelia Isla Ava Emily Grace Sophia Charlotte Freya Lily Alice Hannah Rachel ' +
        'Laura Megan Oliver George Harry Noah Jack Leo Arthur Oscar Henry Thomas Daniel James ' +
        'William Samuel Edward Joseph Adam Ryan Luke',
    ),
    last: split(
      'Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans ' +
        'Walker White Roberts Green Hall Wood Jackson Clarke Harris Cooper King Baker Turner ' +
        'Carter Phillips Mitchell Parker Collins Murphy O’Brien Campbell Stewart Anderson',
    ),
  },
  west_africa: {
    first: split('Awa Aminata Fatou Mariam Adjoua Aïssatou Moussa Ibrahima Kouassi Ousmane Cheikh'),
    last: split('Diop Ndiaye Traoré Koné Ouattara Fall Sow Diallo Kouadio Coulibaly Touré Bamba'),
  },
} as const

type Home = {
  readonly country: string
  readonly currency: string
  readonly locale: Locale
  readonly names: keyof typeof NAMES
}
const home = (country: string, currency: string, locale: Locale, names: Home['names']): Home => ({
  country,
  currency,
  locale,
  names,
})

/** Where payers live, by weight; their bank's country and usual currency follow. */
const HOMES: readonly (readonly [number, Home])[] = [
  [380, home('FR', 'EUR', 'fr', 'fr')],
  [70, home('BE', 'EUR', 'fr', 'fr')],
  [30, home('LU', 'EUR', 'fr', 'fr')],
  [60, home('IE', 'EUR', 'en', 'en')],
  [50, home('NL', 'EUR', 'en', 'en')],
  [30, home('DE', 'EUR', 'en', 'en')],
  [140, home('US', 'USD', 'en', 'en')],
  [40, home('CA', 'USD', 'fr', 'fr')],
  [50, home('JP', 'JPY', 'en', 'en')],
  [40, home('KW', 'KWD', 'en', 'en')],
  [40, home('SN', 'XOF', 'fr', 'west_africa')],
  [30, home('CI', 'XOF', 'fr', 'west_africa')],
  [20, home('GB', 'BTC', 'en', 'en')],
  [20, home('CH', 'BTC', 'fr', 'fr')],
]

/** Names reserved for examples (RFC 2606): no mail ever leaves for a real mailbox. */
const DOMAINS = {
  fr: ['example.com', 'courriel.example', 'boite.example', 'example.net'],
  en: ['example.com', 'example.org', 'mail.example', 'post.example'],
} as const

const inMailbox = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\p{M}’]/gu, '')
    .toLowerCase()
    .replaceAll(' ', '.')

export function personOf(dice: Dice): Person {
  const { country, currency, locale, names } = dice.draw(HOMES)
  const { first, last } = NAMES[names]
  const name = `${dice.pick<string>(first)} ${dice.pick<string>(last)}`
  const number = dice.chance(45) ? String(dice.between(1, 99)) : ''
  const email = `${inMailbox(name)}${number}@${dice.pick<string>(DOMAINS[locale])}`
  return { name, email, country, locale, currency }
}

/** Of a hundred customers, how many were there before the span began. */
const REGULARS_PERCENT = 22

/** Customers in the order in which they came. */
export function customersOf(span: Span, count: number, dice: Dice): Customer[] {
  const start_ms = span.until_ms - span.days * DAY_MS
  const moments = Array.from({ length: count }, (_, at) =>
    at * 100 < count * REGULARS_PERCENT
      ? start_ms - dice.roll(300 * DAY_MS) - 1
      : start_ms + dice.roll(span.days * DAY_MS - DAY_MS / 2),
  ).sort((a, b) => a - b)
  return moments.map((created_ms, at) => {
    const own = dice.of(at)
    const id = idsFrom(own)('customer', created_ms)
    return { ...personOf(own), id, label: `user-${10_400 + at}`, created_ms }
  })
}

/** One of the customers who were there at a moment; some pay far more often than others. */
export function regularAt(
  customers: readonly Customer[],
  at_ms: number,
  dice: Dice,
): Customer | undefined {
  const known = customers.findLastIndex((one) => one.created_ms < at_ms) + 1
  return customers[Math.floor(known * (dice.roll(1000) / 1000) ** 2)]
}
