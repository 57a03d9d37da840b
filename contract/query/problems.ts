import type { Locale } from './ast.ts'
import { MAX_ERRORS } from './limits.ts'

/** `{word}` is what was typed, `{key}` the filter it stood under. */
const SENTENCES = {
  too_long: {
    en: 'This search is longer than {max} characters. Shorten it.',
    fr: 'Cette recherche dépasse {max} caractères. Raccourcissez-la.',
  },
  too_many_terms: {
    en: 'This search has more than {max} filters. Remove some.',
    fr: 'Cette recherche contient plus de {max} filtres. Retirez-en.',
  },
  too_many_values: {
    en: '{key} has more than {max} values. Remove some.',
    fr: '{key} contient plus de {max} valeurs. Retirez-en.',
  },
  bad_character: {
    en: 'The search contains a control character. Remove it.',
    fr: 'La recherche contient un caractère de contrôle. Retirez-le.',
  },
  unclosed_quote: {
    en: 'Close this quote with another one.',
    fr: 'Fermez ce guillemet par un autre.',
  },
  text_too_short: {
    en: 'Type at least {max} characters to search for text.',
    fr: 'Saisissez au moins {max} caractères pour chercher un texte.',
  },
  operator_without_key: {
    en: 'Put a filter before "{word}", as in amount:>100.',
    fr: 'Placez un filtre devant « {word} », comme montant:>100.',
  },
  id_elsewhere: {
    en: '"{word}" is an id of another list. Search for it there.',
    fr: '« {word} » est un identifiant d’une autre liste. Cherchez-le là-bas.',
  },
  unknown_key: {
    en: 'Unknown filter "{word}".|Put it in quotes to search for it as text.',
    fr: 'Filtre inconnu « {word} ».|Mettez-le entre guillemets pour chercher ce texte.',
  },
  unknown_flag: {
    en: 'Unknown mark "{word}" after is:.',
    fr: 'Marque inconnue « {word} » après est:.',
  },
  unknown_value: {
    en: '{key} has no value "{word}".|Write for example {example}.',
    fr: '{key} n’a pas de valeur « {word} ».|Écrivez par exemple {example}.',
  },
  missing_value: {
    en: 'Write a value right after "{key}:".',
    fr: 'Écrivez une valeur juste après « {key}: ».',
  },
  one_name: {
    en: 'Write one word after "{key}:".',
    fr: 'Écrivez un seul mot après « {key}: ».',
  },
  always_present: {
    en: 'Every row has "{key}", so this filter would change nothing.',
    fr: 'Chaque ligne a « {key} » : ce filtre ne changerait rien.',
  },
  not_comparable: {
    en: 'Only amounts and dates can be compared with > or <, not {key}.',
    fr: 'Seuls les montants et les dates se comparent avec > ou <, pas {key}.',
  },
  wildcard_misplaced: {
    en: 'In "{word}" the * must stand at the beginning or the end of some text.',
    fr: 'Dans « {word} », l’étoile * doit être au début ou à la fin d’un texte.',
  },
  bad_amount: {
    en: '"{word}" is not an amount. Write it as 49.90, and the currency as currency:EUR.',
    fr: '« {word} » n’est pas un montant. Écrivez 49,90, et la devise avec devise:EUR.',
  },
  split_amount: {
    en: '"{word}" has a space in it. Write the amount without spaces, or in quotes.',
    fr: '« {word} » contient une espace. Écrivez le montant sans espace ou entre guillemets.',
  },
  ambiguous_decimal: {
    en: '"{word}" can be read in two ways. Write decimals with a dot, as in 10.50,20.',
    fr: '« {word} » peut se lire de deux façons. Écrivez les décimales avec un point : 10.50,20.',
  },
  bad_date: {
    en: '"{word}" is not a date.|Write it as 2026-10-01, 2026-10, today or 7d.',
    fr: '« {word} » n’est pas une date.|Écrivez 2026-10-01, 2026-10, hier ou 7j.',
  },
  span_alone: {
    en: '"{word}" stands alone: {key}:{word} for that time, -{key}:{word} for what is outside it.',
    fr: '« {word} » s’écrit seul : {key}:{word} pour cette durée, -{key}:{word} pour le reste.',
  },
  range_reversed: {
    en: 'The range "{word}" ends before it begins. Swap its ends.',
    fr: 'L’intervalle « {word} » finit avant de commencer. Inversez ses bornes.',
  },
  bad_id: {
    en: '"{word}" is not a whole id of this kind. {key} takes ids that begin with {example}.',
    fr: '« {word} » n’est pas un identifiant complet. Pour {key}, il commence par {example}.',
  },
  flag_in_list: {
    en: '"{word}" is a mark, not a value of {key}. Use is:{flag} as a filter of its own.',
    fr: '« {word} » est une marque, pas une valeur de {key}. Utilisez est:{flag} à part.',
  },
  meta_needs_key: {
    en: 'Name the metadata field, as in meta.order_ref:A-17.',
    fr: 'Nommez le champ de métadonnées, comme meta.order_ref:A-17.',
  },
} as const satisfies Record<string, Record<Locale, string>>

export type QueryErrorCode = keyof typeof SENTENCES

export type QueryError = {
  readonly code: QueryErrorCode
  /** UTF-16 offsets into the text as typed. */
  readonly position: { readonly offset: number; readonly length: number }
  /** What is wrong and what to do, in the reader's language. */
  readonly sentence: string
  /** What may have been meant, in canonical words, nearest first. */
  readonly candidates: readonly string[]
}

export type Place = { readonly offset: number; readonly length: number }

export type ProblemParts = {
  readonly fill?: Readonly<Record<string, string | number>>
  readonly candidates?: readonly string[]
  /** The candidates in the reader's words, when those differ. */
  readonly shown?: readonly string[]
}

export type Problems = {
  readonly found: readonly QueryError[]
  /** Always null, so that a reader can end with `return problems.add(…)`. */
  readonly add: (code: QueryErrorCode, place: Place, parts?: ProblemParts) => null
}

export function collectProblems(locale: Locale): Problems {
  const found: QueryError[] = []
  const add: Problems['add'] = (code, place, parts = {}) => {
    const { fill = {}, candidates = [], shown = candidates } = parts
    const position = { offset: place.offset, length: place.length }
    const sentence = sentenceOf(code, locale, fill, shown)
    if (found.length < MAX_ERRORS) found.push({ code, position, sentence, candidates })
    return null
  }
  return { found, add }
}

/** The part after `|` is advice for when nothing near is known. */
function sentenceOf(
  code: QueryErrorCode,
  locale: Locale,
  fill: Readonly<Record<string, string | number>>,
  near: readonly string[],
): string {
  const [fact = '', advice] = SENTENCES[code][locale].split('|')
  const meant = locale === 'fr' ? 'Vouliez-vous dire' : 'Did you mean'
  const mark = locale === 'fr' ? ' ?' : '?'
  const choice = near.join(locale === 'fr' ? ' ou ' : ' or ')
  const rest = near.length > 0 ? `${meant} ${choice}${mark}` : advice
  const whole = rest === undefined ? fact : `${fact} ${rest}`
  return whole.replace(/\{(\w+)\}/g, (slot, name: string) => `${fill[name] ?? slot}`)
}
