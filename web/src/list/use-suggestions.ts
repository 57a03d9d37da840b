import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  normalise,
  type Query,
  replaceKey,
  type Suggestion,
  suggest,
  type Vocabulary,
} from '#contract/query/index.ts'
import { read } from '../api/read.ts'
import { useLocale } from '../i18n/language.ts'
import { isFacetKey } from './facet-keys.ts'

export type Offer = Suggestion & {
  readonly label?: string
  /** How many rows have this value, with the other filters on. */
  readonly count?: number
}

export type Offers = {
  readonly from: number
  readonly to: number
  readonly items: readonly Offer[]
}

const PAUSE_MS = 120
const OFFERS_MAX = 12

/** What may stand at the cursor; values that are data come from the server with their counts. */
export function useSuggestions(
  text: string,
  cursor: number,
  query: Query,
  vocabulary: Vocabulary,
  facets: boolean,
): Offers {
  const locale = useLocale()
  const { from, to, items, wants } = suggest(text, cursor, vocabulary, locale)
  const wanted = facets && wants !== null && isFacetKey(wants.key) ? wants.key : null
  const settled = useSettled(wanted)
  const { data } = useQuery({
    ...read('/v1/payments/facets', {
      query: { q: othersThan(query, settled), key: settled ?? '' },
    }),
    enabled: settled !== null,
  })
  if (wants === null || data === undefined || data.key !== wants.key) return { from, to, items }
  const prefix = wants.prefix.toLowerCase()
  const values = data.values
    .filter(({ value, label }) => [value, label].some((w) => w.toLowerCase().startsWith(prefix)))
    .map(({ value, label, count }): Offer => {
      return { kind: 'value', insert: quoted(value), canonical: value, label, count }
    })
  const known = new Set(values.map(({ canonical }) => canonical))
  const others = items.filter(({ canonical }) => !known.has(canonical))
  return { from, to, items: [...values, ...others].slice(0, OFFERS_MAX) }
}

/** The query without a key, so that counts say what choosing a value of it would give. */
export const othersThan = (query: Query, key: string | null): string =>
  normalise(key === null ? query : replaceKey(query, key, null))

const quoted = (value: string): string =>
  /^[\w.@*-]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`

/** The value once it has stood still for a moment, so that typing does not ask at every letter. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
