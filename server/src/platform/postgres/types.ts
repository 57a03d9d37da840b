import pg from 'pg'

const { arrayParser, getTypeParser } = pg.types

/** pg's type names its parser as a function; the package exports an object that makes one. */
type ArrayParser = {
  create: (text: string, each: (text: string) => unknown) => { parse(): unknown }
}
const arrayOf = (each: (text: string) => unknown) => (text: string) =>
  (arrayParser as unknown as ArrayParser).create(text, each).parse()

const same = (text: string): string => text
const whole = (text: string): bigint => BigInt(text)

/** By type oid (PostgreSQL, pg_type.dat): amounts are never numbers, days are never moments. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: whole, // int8
  1016: arrayOf(whole), // int8[]
  1700: same, // numeric
  1231: arrayOf(same), // numeric[]
  1082: same, // date
  1182: arrayOf(same), // date[]
  1114: same, // timestamp without time zone
  1115: arrayOf(same), // timestamp without time zone[]
}

const parserOf = (oid: number, format?: 'text' | 'binary') =>
  PARSERS[oid] ?? getTypeParser(oid, format)

export const sqlTypes: pg.CustomTypesConfig = { getTypeParser: parserOf }
