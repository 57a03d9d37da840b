/** Keys whose values the server counts; any other key is refused there. */
const FACET_KEYS: readonly string[] = [
  'status',
  'reason',
  'purpose',
  'source',
  'currency',
  'country',
  'gateway',
  'method',
  'brand',
  'gateway_account',
  'shop',
  'customer',
  'by',
]

/** The server stops counting there. */
export const FACET_COUNT_MAX = 10_000

export const isFacetKey = (key: string): boolean => FACET_KEYS.includes(key)
