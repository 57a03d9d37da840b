/** JSON Schema as OpenAPI 3.1 carries it: what the reference page reads of it. */
export type Schema = {
  readonly $ref?: string
  readonly $id?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly example?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** The schemas that have a name, and how to find one from a reference or from its content. */
export type Names = {
  readonly schemas: ReadonlyMap<string, Schema>
  readonly nameOf: (schema: Schema) => string | null
  readonly resolve: (schema: Schema) => Schema
}

/** One line of a table: a field, what it may hold, what it means. */
export type Row = {
  /** Dotted from the top, `[]` after an array: `transactions[].amount`. */
  readonly path: string
  readonly type: TypeText
  readonly required: boolean
  readonly description: string
  readonly values: readonly string[]
  readonly limits: readonly string[]
}

/** "array of", "Payment", "or null": the name is a link. */
export type TypeText = {
  readonly before: string
  readonly name: string | null
  readonly after: string
}

const DEPTH_MAX = 5
const REF_DEPTH_MAX = 12
const MONEY = 'Money'

/** Amounts stand in nearly every object, so they read as one type instead of two more lines. */
const isMoney = ({ properties }: Schema): boolean =>
  properties !== undefined && Object.keys(properties).sort().join() === 'currency,value'

const pointed = (document: unknown, pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)

const lastPart = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)

/** The generator inlines some named schemas: equal content means the same name. */
function canonical(schema: unknown, resolve: (schema: Schema) => Schema, depth = 0): string {
  if (Array.isArray(schema)) {
    return `[${schema.map((each) => canonical(each, resolve, depth)).join()}]`
  }
  if (typeof schema !== 'object' || schema === null) return JSON.stringify(schema)
  const plain = depth < REF_DEPTH_MAX ? resolve(schema) : schema
  const entries = Object.entries(plain).filter(([key]) => key !== '$id' && key !== 'title')
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  const parts = entries.map(([key, value]) => `${key}:${canonical(value, resolve, depth + 1)}`)
  return `{${parts.join()}}`
}

export function readNames(document: object): Names {
  const components = pointed(document, '#/components/schemas') ?? {}
  const resolve = (schema: Schema): Schema => {
    let at = schema
    for (let hops = 0; at.$ref !== undefined && hops < 20; hops++) {
      at = (pointed(document, at.$ref) as Schema | undefined) ?? {}
    }
    return at
  }
  const schemas = new Map<string, Schema>(Object.entries(components as Record<string, Schema>))
  const byContent = new Map<string, string>()
  for (const [name, schema] of schemas) byContent.set(canonical(schema, resolve), name)
  const nameOf = (schema: Schema): string | null => {
    if (schema.$ref !== undefined) return lastPart(schema.$ref)
    if (isMoney(schema)) return MONEY
    return schema.properties ? (byContent.get(canonical(schema, resolve)) ?? null) : null
  }
  return { schemas, nameOf, resolve }
}

const branches = (schema: Schema): readonly Schema[] => schema.anyOf ?? schema.oneOf ?? []
const isNull = ({ type, const: only }: Schema): boolean => type === 'null' || only === null
const isNullable = (schema: Schema): boolean =>
  branches(schema).some(isNull) || (Array.isArray(schema.type) && schema.type.includes('null'))

/** Without `null`, one branch is the schema itself. */
function bare(schema: Schema, names: Names): Schema {
  const some = branches(schema).filter((each) => !isNull(each))
  return some.length === 1 && some[0] ? some[0] : mergeAll(schema, names)
}

function mergeAll(schema: Schema, names: Names): Schema {
  if (!schema.allOf) return schema
  const parts = schema.allOf.map(names.resolve)
  return {
    ...schema,
    type: 'object',
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})),
    required: parts.flatMap((part) => part.required ?? []),
  }
}

/** Every value a closed set allows; empty when it is open. */
export function valuesOf(schema: Schema): readonly unknown[] {
  if (schema.enum) return schema.enum
  if (schema.const !== undefined) return [schema.const]
  const some = branches(schema).filter((each) => !isNull(each))
  const values = some.flatMap(valuesOf)
  return some.length > 0 && values.length >= some.length ? values : []
}

/** A map's values, when it has keys of the caller's own choosing. */
export const mapOf = ({ patternProperties, additionalProperties }: Schema): Schema | null => {
  if (typeof additionalProperties === 'object') return additionalProperties
  return Object.values(patternProperties ?? {})[0] ?? null
}

const plainType = ({ type }: Schema): string =>
  [type ?? 'any']
    .flat()
    .filter((each) => each !== 'null')
    .join(' or ')

export function typeOf(schema: Schema, names: Names): TypeText {
  const inner = bare(schema, names)
  const after = isNullable(schema) ? ' or null' : ''
  const name = names.nameOf(inner)
  if (name !== null) return { before: '', name, after }
  const values = valuesOf(inner)
  if (values.length > 0) return { before: typeof values[0], name: null, after }
  if (inner.items) {
    const item = typeOf(inner.items, names)
    return { before: `array of ${item.before}`, name: item.name, after: item.after + after }
  }
  const map = inner.properties ? null : mapOf(inner)
  if (map) {
    const value = typeOf(map, names)
    return { before: `map of ${value.before}`, name: value.name, after: value.after + after }
  }
  const some = branches(inner).map((each) => typeOf(each, names))
  if (some.length > 0) {
    const words = some.map(({ before, name: called }) => before + (called ?? ''))
    return { before: [...new Set(words)].join(' or '), name: null, after }
  }
  return { before: plainType(inner), name: null, after }
}

const range = (min: number | undefined, max: number | undefined, unit: string): string | null => {
  if (min !== undefined && max !== undefined) return `${min} to ${max}${unit}`
  if (max !== undefined) return `at most ${max}${unit}`
  return min === undefined ? null : `at least ${min}${unit}`
}

function limitsOf(schema: Schema, names: Names): string[] {
  const inner = bare(schema, names)
  return [
    range(inner.minLength, inner.maxLength, ' characters'),
    range(inner.minimum, inner.maximum, ''),
    range(inner.minItems, inner.maxItems, ' items'),
    range(undefined, inner.maxProperties, ' keys'),
    inner.format === undefined ? null : inner.format,
    inner.pattern === undefined ? null : `matches \`${inner.pattern}\``,
    inner.default === undefined ? null : `default \`${JSON.stringify(inner.default)}\``,
  ].filter((limit) => limit !== null)
}

export function rowOf(path: string, schema: Schema, required: boolean, names: Names): Row {
  const inner = bare(schema, names)
  return {
    path,
    type: typeOf(schema, names),
    required,
    description: schema.description ?? names.resolve(inner).description ?? '',
    values: valuesOf(inner).map(String),
    limits: limitsOf(schema, names),
  }
}

/** The fields of an object, and of the objects inside it that have no name of their own. */
export function rowsOf(schema: Schema, names: Names, prefix = '', depth = 0): Row[] {
  const inner = mergeAll(names.resolve(bare(schema, names)), names)
  if (inner.items) return rowsInside(inner.items, names, `${prefix}[].`, depth)
  const required = new Set(inner.required)
  return Object.entries(inner.properties ?? {}).flatMap(([key, field]) => {
    const path = prefix + key
    const row = rowOf(path, field, required.has(key), names)
    const within = bare(field, names)
    const nested = within.items
      ? rowsInside(within.items, names, `${path}[].`, depth + 1)
      : rowsInside(within, names, `${path}.`, depth + 1)
    return [row, ...nested]
  })
}

function rowsInside(schema: Schema, names: Names, prefix: string, depth: number): Row[] {
  const inner = bare(schema, names)
  if (depth >= DEPTH_MAX || names.nameOf(inner) !== null || !inner.properties) return []
  return rowsOf(inner, names, prefix, depth)
}
