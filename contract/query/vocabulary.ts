import type { ListName, Locale, ValueType } from './ast.ts'
import { fold } from './fold.ts'

/** What free text may turn out to be; a key lists the readings that look into it. */
export type ReadingKind = 'amount' | 'email' | 'last4' | 'gateway_ref' | 'fragment'

/** A word people may type: the canonical one is its key in the table, these are its other names. */
export type WordSpec = {
  /** The French word, offered to French readers. */
  readonly fr: string
  /** Further accepted words, folded (no accents, lower case, `_` for spaces), one space between. */
  readonly also?: string
}

/** An enum value; `expands` makes it a group of stored values. */
export type ValueSpec = WordSpec & { readonly expands?: readonly string[] }

export type CodeSpec = {
  readonly pattern: RegExp
  readonly example: string
  /** When given, any other code is an error. */
  readonly known?: readonly string[]
}

export type KeySpec = WordSpec & {
  readonly type: ValueType
  /** Whether a row may lack it, so that `has:` and `none` make sense. */
  readonly nullable?: boolean
  /** For `enum`: every stored value and every group. */
  readonly values?: Readonly<Record<string, ValueSpec>>
  /** For `enum`: words of flags are understood too, so `status:refunded` means `is:refunded`. */
  readonly flagWords?: boolean
  /** TypeID prefixes the key accepts; `text` and `name` keys accept them beside words. */
  readonly ids?: readonly string[]
  readonly code?: CodeSpec
  /** For `text`: a bare word is compared exactly, as typed or in lower case, so an index serves. */
  readonly exact?: 'typed' | 'lower'
  readonly search?: readonly ReadingKind[]
}

/** The words of one list. Data only, so that a capability can extend it with its own keys. */
export type Vocabulary = {
  readonly list: ListName
  readonly keys: Readonly<Record<string, KeySpec>>
  readonly flags: Readonly<Record<string, WordSpec>>
  /** Whether rows carry metadata, reached with `meta.<key>`. */
  readonly meta: boolean
}

export const META: KeySpec = { type: 'text', fr: 'meta', nullable: true }

/** `is:` and `has:` and the empty value, as people write them. */
export const IS: WordSpec = { fr: 'est' }
export const HAS: WordSpec = { fr: 'avec', also: 'a' }
export const NONE: WordSpec = { fr: 'aucun', also: 'aucune vide empty' }

type Table = Readonly<Record<string, WordSpec>>
const indexes = new WeakMap<Table, ReadonlyMap<string, string>>()

/** Folded word → canonical word, for every name of every entry. */
export function wordsOf(table: Table): ReadonlyMap<string, string> {
  const known = indexes.get(table)
  if (known !== undefined) return known
  const index = new Map<string, string>()
  for (const [canonical, spec] of Object.entries(table)) {
    for (const word of namesOf(canonical, spec)) index.set(fold(word), canonical)
  }
  for (const canonical of Object.keys(table)) index.set(canonical, canonical)
  indexes.set(table, index)
  return index
}

export function namesOf(canonical: string, spec: WordSpec): string[] {
  return [canonical, spec.fr, ...(spec.also?.split(' ') ?? [])]
}

export const lookUp = (table: Table, word: string): string | undefined =>
  wordsOf(table).get(fold(word))

/** The name shown to a reader. */
export const nameIn = (locale: Locale, canonical: string, spec: WordSpec | undefined): string =>
  locale === 'fr' && spec !== undefined ? spec.fr : canonical

export const isWord = (canonical: string, spec: WordSpec, word: string): boolean =>
  namesOf(canonical, spec).some((name) => fold(name) === fold(word))

const META_KEY = /^meta(?:data)?\.([A-Za-z0-9_.-]{1,40})$/i

/** A key by any of its names; metadata keys keep their own spelling. */
export function findKey(
  vocabulary: Vocabulary,
  word: string,
): { readonly key: string; readonly spec: KeySpec } | undefined {
  const name = vocabulary.meta ? META_KEY.exec(word)?.[1] : undefined
  if (name !== undefined) return { key: `meta.${name}`, spec: META }
  const key = lookUp(vocabulary.keys, word)
  const spec = key === undefined ? undefined : vocabulary.keys[key]
  return key === undefined || spec === undefined ? undefined : { key, spec }
}
