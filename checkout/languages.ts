import { LOCALES, type Locale } from './props.ts'

type Wish = string | null | undefined

const spoken = (wish: Wish): Locale | null => {
  const language = wish?.trim().toLowerCase().split(/[-_]/)[0]
  return LOCALES.find((locale) => locale === language) ?? null
}

/** The best language of an `Accept-Language` that we speak (RFC 9110 §12.5.4). */
function accepted(header: Wish): Locale | null {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry, order) => {
      const [tag, ...parameters] = entry.split(';').map((part) => part.trim())
      const quality = parameters.find((part) => part.startsWith('q='))?.slice(2)
      return { locale: spoken(tag), weight: quality === undefined ? 1 : Number(quality), order }
    })
  const usable = wishes.filter(({ locale, weight }) => locale !== null && weight > 0)
  usable.sort((a, b) => b.weight - a.weight || a.order - b.order)
  return usable[0]?.locale ?? null
}

/** `lang` in the address > the link's > the customer's > the browser's > the organisation's. */
export function pickLocale(wishes: {
  readonly query: Wish
  readonly link: Wish
  readonly customer: Wish
  readonly acceptLanguage: Wish
  readonly org: Wish
}): Locale {
  return (
    spoken(wishes.query) ??
    spoken(wishes.link) ??
    spoken(wishes.customer) ??
    accepted(wishes.acceptLanguage) ??
    spoken(wishes.org) ??
    'en'
  )
}
