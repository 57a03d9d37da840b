import type { Scope } from '#server/kernel/scope.ts'
import type { Queryable, Tx } from '#server/platform/postgres/index.ts'

export type Row = Readonly<Record<string, unknown>>

/**
 * The columns that demo rows fill, with the SQL type that each is sent as. `texts` is a text[],
 * sent as JSON, because an array of arrays would be flattened.
 */
const TABLES = {
  shops: { id: 'text', name: 'text', is_default: 'boolean', created_at: 'timestamptz' },
  api_keys: {
    id: 'text',
    name: 'text',
    prefix: 'text',
    secret_sha256: 'bytea',
    scopes: 'texts',
    created_by: 'text',
    created_at: 'timestamptz',
  },
  gateway_accounts: {
    id: 'text',
    gateway: 'text',
    name: 'text',
    account_ref: 'text',
    base_url: 'text',
    credentials: 'bytea',
    public_id: 'text',
    active: 'boolean',
    created_at: 'timestamptz',
  },
  payment_methods: {
    id: 'text',
    name: 'text',
    name_fr: 'text',
    slug: 'text',
    gateway_account_id: 'text',
    is_active: 'boolean',
    position: 'int',
    created_at: 'timestamptz',
  },
  customers: {
    id: 'text',
    name: 'text',
    email: 'text',
    label: 'text',
    country: 'text',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
  wallets: { id: 'text', customer_id: 'text', currency: 'text', created_at: 'timestamptz' },
  payments: {
    id: 'text',
    shop_id: 'text',
    customer_id: 'text',
    purpose: 'text',
    source: 'text',
    status: 'text',
    currency: 'text',
    amount: 'bigint',
    captured: 'bigint',
    refund_reserved: 'bigint',
    refunded_outside: 'bigint',
    refunded: 'bigint',
    fee: 'bigint',
    credited: 'bigint',
    manual_open: 'bigint',
    manual: 'boolean',
    late: 'boolean',
    reference: 'text',
    description: 'text',
    payer_name: 'text',
    payer_email: 'text',
    country: 'text',
    gateway: 'text',
    gateway_account_id: 'text',
    method: 'text',
    gateway_ref: 'text',
    card_brand: 'text',
    card_last4: 'text',
    gateway_details: 'jsonb',
    reason: 'text',
    message: 'text',
    session_id: 'text',
    link_id: 'text',
    metadata: 'jsonb',
    created_by_kind: 'text',
    created_by_id: 'text',
    created_by_name: 'text',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
    processed_at: 'timestamptz',
    expires_at: 'timestamptz',
    version: 'int',
  },
  transactions: {
    id: 'text',
    payment_id: 'text',
    type: 'text',
    state: 'text',
    currency: 'text',
    amount: 'bigint',
    approved: 'bigint',
    cleared: 'bigint',
    charge_id: 'text',
    fee: 'bigint',
    gateway_account_id: 'text',
    gateway: 'text',
    gateway_ref: 'text',
    method: 'text',
    manual: 'boolean',
    attempts: 'int',
    first_sent_at: 'timestamptz',
    resend_until: 'timestamptz',
    quarantine_until: 'timestamptz',
    reason: 'text',
    message: 'text',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
  refunds: {
    id: 'text',
    payment_id: 'text',
    transaction_id: 'text',
    status: 'text',
    currency: 'text',
    amount: 'bigint',
    reason: 'text',
    message: 'text',
    source: 'text',
    gateway: 'text',
    gateway_ref: 'text',
    created_by_kind: 'text',
    created_by_id: 'text',
    created_by_name: 'text',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
    version: 'int',
  },
  checkout_sessions: {
    id: 'text',
    payment_id: 'text',
    token_sha256: 'bytea',
    locale: 'text',
    expires_at: 'timestamptz',
    created_at: 'timestamptz',
  },
  payment_links: {
    id: 'text',
    code: 'text',
    amount: 'bigint',
    currency: 'text',
    reference: 'text',
    description: 'text',
    payer_name: 'text',
    payer_email: 'text',
    customer_id: 'text',
    shop_id: 'text',
    payment_id: 'text',
    locale: 'text',
    due_on: 'date',
    expires_at: 'timestamptz',
    canceled_at: 'timestamptz',
    created_by_kind: 'text',
    created_by_id: 'text',
    created_by_name: 'text',
    created_at: 'timestamptz',
  },
  gateway_events: {
    id: 'text',
    gateway: 'text',
    gateway_account_id: 'text',
    dedupe_key: 'text',
    type: 'text',
    status: 'text',
    verdict: 'text',
    reason: 'text',
    object_ref: 'text',
    payment_id: 'text',
    transaction_id: 'text',
    changed: 'texts',
    deliveries: 'int',
    body: 'bytea',
    body_sha256: 'bytea',
    headers: 'jsonb',
    gateway_created_at: 'timestamptz',
    received_at: 'timestamptz',
    applied_at: 'timestamptz',
  },
  events: {
    id: 'text',
    type: 'text',
    object_id: 'text',
    object_version: 'int',
    payment_id: 'text',
    actor_kind: 'text',
    actor_id: 'text',
    actor_name: 'text',
    data: 'jsonb',
    created_at: 'timestamptz',
  },
  audit_entries: {
    id: 'text',
    at_us: 'bigint',
    actor_kind: 'text',
    actor_id: 'text',
    actor_name: 'text',
    action: 'text',
    object_id: 'text',
    reason: 'text',
    changes: 'jsonb',
    request_id: 'text',
    ip: 'text',
  },
  notes: {
    id: 'text',
    payment_id: 'text',
    text: 'text',
    member_id: 'text',
    author: 'text',
    created_at: 'timestamptz',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>

export type TableName = keyof typeof TABLES
const WITHOUT_MODE: readonly TableName[] = ['shops']

/** JSON goes as one document: an array of documents is twice as slow to read. */
const isJson = (type: string): boolean => type === 'jsonb' || type === 'texts'
const listOf = (type: string, place: number): string =>
  isJson(type) ? `jsonb_array_elements($${place}::jsonb)` : `unnest($${place}::${type}[])`
const readAs = (name: string, type: string): string =>
  type === 'texts' ? `array(select jsonb_array_elements_text(r.${name}))` : `r.${name}`

/** Many rows of one table in one statement. A customer's wallet is made once, by the first. */
export async function insertRows(
  tx: Tx,
  scope: Scope,
  table: TableName,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const columns: [string, string][] = Object.entries(TABLES[table])
  const names = columns.map(([name]) => name).join(', ')
  const mode = WITHOUT_MODE.includes(table) ? [] : [scope.mode]
  const first = mode.length + 2
  const lists = columns.map(([, type], at) => listOf(type, first + at)).join(', ')
  const read = columns.map(([name, type]) => readAs(name, type)).join(', ')
  await tx.query({
    name: `demo_insert_${table}`,
    text: `insert into ${table} (merchant_id${mode.length ? ', mode' : ''}, ${names})
      select $1${mode.length ? ', $2' : ''}, ${read} from rows from (${lists}) as r (${names})
      ${table === 'wallets' ? 'on conflict do nothing' : ''}`,
    values: [
      scope.merchantId,
      ...mode,
      ...columns.map(([name, type]) => {
        const values = rows.map((row) => row[name])
        return isJson(type) ? JSON.stringify(values) : values
      }),
    ],
  })
}

export async function hasPayment(q: Queryable, scope: Scope, id: string): Promise<boolean> {
  const found = await q.query({
    text: 'select 1 from payments where merchant_id = $1 and mode = $2 and id = $3',
    values: [scope.merchantId, scope.mode, id],
  })
  return found.length > 0
}

export type Opening = { readonly created_ms: number; readonly time_zone: string }

/** When a merchant began, which is the moment that its demo data leads up to. */
export async function openingOf(q: Queryable, merchantId: string): Promise<Opening | undefined> {
  const [row] = await q.query<{ created_at: Date; time_zone: string }>({
    text: 'select created_at, time_zone from merchants where merchant_id = $1',
    values: [merchantId],
  })
  return row && { created_ms: row.created_at.getTime(), time_zone: row.time_zone }
}

/** The first member: whoever does what staff do in the demo. */
export async function firstMember(
  q: Queryable,
  merchantId: string,
): Promise<{ id: string; name: string } | undefined> {
  const [row] = await q.query<{ id: string; name: string }>({
    text: 'select id, name from members where merchant_id = $1 order by id limit 1',
    values: [merchantId],
  })
  return row
}

/** Gateway accounts show when they last heard something. */
export async function dateLastEvents(tx: Tx, scope: Scope): Promise<void> {
  await tx.query({
    text: `update gateway_accounts g set last_event_at = greatest(g.last_event_at, e.last)
      from (select gateway_account_id, max(received_at) as last from gateway_events
        where merchant_id = $1 and mode = $2 group by 1) e
      where g.merchant_id = $1 and g.mode = $2 and g.id = e.gateway_account_id`,
    values: [scope.merchantId, scope.mode],
  })
}
