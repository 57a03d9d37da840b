/** UTF-16 units in one query, as typed and in canonical form. */
export const MAX_QUERY_CHARS = 2_000

/** Terms joined by AND in one query. */
export const MAX_TERMS = 40

/** Values joined by OR under one key. */
export const MAX_VALUES_PER_KEY = 50

/** Characters of free text below which a search would touch every row. */
export const MIN_SEARCH_CHARS = 3

/** Digits before the decimal point of an amount. */
export const MAX_AMOUNT_DIGITS = 15

/** Digits after the decimal point of an amount: crypto is kept at no more than 9. */
export const MAX_AMOUNT_DECIMALS = 9

/** Errors reported for one query; fixing these shows the rest. */
export const MAX_ERRORS = 20

/** Names offered for one unknown word. */
export const MAX_CANDIDATES = 3

/** Items offered at once while typing. */
export const MAX_SUGGESTIONS = 12
