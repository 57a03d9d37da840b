import { type Names, type Schema, valuesOf } from './reference-schema.ts'

/** What a field of this name holds in an example; any other string is an ellipsis. */
const BY_NAME: Readonly<Record<string, string>> = {
  value: '10.00',
  currency: 'EUR',
  reference: 'INV-2026-0118',
  description: 'Yearly membership',
  reason: 'Asked for by the customer',
  email: 'ana@example.com',
  payer_email: 'ana@example.com',
  name: 'Ana Belmonte',
  payer_name: 'Ana Belmonte',
  password: 'correct horse battery staple',
  text: 'Called the customer back.',
  time_zone: 'Europe/Paris',
  due_on: '2026-12-05',
}

const EXAMPLE_BODY = '01kah7zq4ve3tsxqjx3m1qkz5d'
const FIELDS_WITHOUT_REQUIRED = 2

function exampleString(schema: Schema, key: string): string {
  const id = /^\^([a-z]{3})_/.exec(schema.pattern ?? '')?.[1]
  if (id) return `${id}_${EXAMPLE_BODY}`
  if (/_?url$/.test(key)) return 'https://shop.example/thanks'
  if (/_(at|from|until)$/.test(key)) return '2026-11-20T09:30:00.000Z'
  const text = BY_NAME[key] ?? (key.endsWith('_id') ? `${key.slice(0, 3)}_${EXAMPLE_BODY}` : '…')
  return text.padEnd(schema.minLength ?? 0, '…').slice(0, schema.maxLength)
}

/** A small value that the schema accepts: the required fields, or the first few when none is. */
export function exampleOf(schema: Schema, names: Names, key = ''): unknown {
  const at = names.resolve(schema)
  if (at.example !== undefined) return at.example
  if (at.default !== undefined) return at.default
  const values = valuesOf(at)
  if (values.length > 0) return values[0]
  const branch = (at.anyOf ?? at.oneOf)?.find(({ type }) => type !== 'null')
  if (branch) return exampleOf(branch, names, key)
  if (at.items) return at.minItems === 0 ? [] : [exampleOf(at.items, names, key)]
  const type = [at.type ?? 'object'].flat().find((each) => each !== 'null')
  if (type === 'object') return exampleObject(at, names)
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return at.minimum ?? 1
  return exampleString(at, key)
}

function exampleObject({ properties = {}, required = [] }: Schema, names: Names): unknown {
  const keys = required.length > 0 ? required : Object.keys(properties)
  const shown = required.length > 0 ? keys : keys.slice(0, FIELDS_WITHOUT_REQUIRED)
  const entries = shown.map((key) => [key, exampleOf(properties[key] ?? {}, names, key)])
  return Object.fromEntries(entries)
}

export type CurlCall = {
  readonly origin: string
  readonly method: string
  readonly path: string
  readonly secured: boolean
  /** Names of the headers that must be sent, beside the key. */
  readonly headers: readonly string[]
  readonly body: Schema | null
}

const HEADER_EXAMPLES: Readonly<Record<string, string>> = {
  'idempotency-key': 'order-118-try-1',
}

/** Inside single quotes the shell reads everything but a single quote as it stands. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const ID_PREFIXES: Readonly<Record<string, string>> = {
  payments: 'pay',
  transactions: 'txn',
  refunds: 'rfd',
  checkout_sessions: 'cks',
  links: 'lnk',
  customers: 'cus',
  wallets: 'wal',
  gateway_accounts: 'gwa',
  payment_methods: 'pmt',
  gateway_events: 'gev',
  events: 'evt',
  exports: 'exp',
  api_keys: 'key',
}

const examplePath = (path: string): string =>
  path.replace(
    /([a-z_]+)\/\{[^}]+\}/g,
    (_, kind: string) =>
      `${kind}/${ID_PREFIXES[kind] ? `${ID_PREFIXES[kind]}_${EXAMPLE_BODY}` : '…'}`,
  )

export function curlOf(call: CurlCall, names: Names): string {
  const method = call.method.toUpperCase()
  const verb = method === 'GET' ? '' : `-X ${method} `
  const headers = [
    ...(call.secured ? ['Authorization: Bearer sk_test_…'] : []),
    ...call.headers.map((name) => `${name}: ${HEADER_EXAMPLES[name] ?? '…'}`),
    ...(call.body ? ['Content-Type: application/json'] : []),
  ]
  const lines = [
    `curl ${verb}${quoted(call.origin + examplePath(call.path))}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...(call.body ? [`-d ${quoted(JSON.stringify(exampleOf(call.body, names), null, 2))}`] : []),
  ]
  return lines.join(' \\\n  ')
}
