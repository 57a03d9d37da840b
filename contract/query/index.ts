export type {
  Comparison,
  Condition,
  FlagTerm,
  HasTerm,
  KeyTerm,
  ListName,
  Locale,
  Match,
  Query,
  ResolvedQuery,
  SearchTerm,
  Term,
  Test,
  Value,
  ValueType,
} from './ast.ts'
export { type Chip, emptyQuery, replaceKey, termsOf, withoutTerm, withTerm } from './chips.ts'
export { type FieldValue, matches, type QueryRecord } from './matches.ts'
export { normalise } from './normalise.ts'
export { type ParseResult, parse } from './parse.ts'
export type { QueryError, QueryErrorCode } from './problems.ts'
export { type ResolveOptions, resolve } from './resolve.ts'
export { type Suggestion, type Suggestions, suggest } from './suggest.ts'
export { VOCABULARIES } from './vocabularies/index.ts'
export type { CodeSpec, KeySpec, ValueSpec, Vocabulary, WordSpec } from './vocabulary.ts'
