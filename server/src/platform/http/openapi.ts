type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
type Document = { readonly [name: string]: Json }

/**
 * The OpenAPI document with each named schema written once: wherever one of `components.schemas`
 * stands in full, a `$ref` to it stands instead. Clients then get one type for each thing.
 */
export function withReferences(document: object): Document {
  const { components, ...rest } = JSON.parse(JSON.stringify(document)) as Document
  const schemas = ((components as Document | undefined)?.schemas ?? {}) as Document
  const named = new Map(
    Object.entries(schemas).map(([name, schema]) => [
      JSON.stringify(schema),
      { $ref: `#/components/schemas/${name}` },
    ]),
  )
  const inside = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(shortened)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part)]))
  }
  const shortened = (value: Json): Json =>
    (typeof value === 'object' && named.get(JSON.stringify(value))) || inside(value)
  const short = Object.entries(schemas).map(([name, schema]) => [name, inside(schema)])
  return {
    ...(inside(rest) as Document),
    components: { ...(components as Document), schemas: Object.fromEntries(short) },
  }
}
