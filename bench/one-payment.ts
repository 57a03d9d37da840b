import { type Cluster, MAIN } from './cluster.ts'

/** Customers whose ids follow from a number, so that one SQL statement and the load agree on them. */
const CUSTOMER_HEAD = 'cus_001900000000'
const HEX_DIGITS = 14
export const customerOf = (number: number): string =>
  CUSTOMER_HEAD + number.toString(16).padStart(HEX_DIGITS, '0')

/** Wallets as they stand in a shop that has run for a while: their accounts are there, empty. */
export async function makeWallets(
  cluster: Cluster,
  database: string,
  merchantId: string,
  count: number,
): Promise<void> {
  const id = (prefix: string) => `'${prefix}_001900000000' || lpad(to_hex(n), ${HEX_DIGITS}, '0')`
  const ask = (text: string) => cluster.ask(database, text, [merchantId, count])
  await ask(`insert into customers (merchant_id, mode, id, name)
    select $1, 'test', ${id('cus')}, 'Customer ' || n from generate_series(1, $2::int) n`)
  await ask(`insert into wallets (merchant_id, mode, id, customer_id, currency)
    select $1, 'test', ${id('wal')}, ${id('cus')}, 'EUR' from generate_series(1, $2::int) n`)
  await ask(`insert into ledger_accounts (merchant_id, mode, id, kind, owner, currency,
      normal_side, may_overdraw, live)
    select $1, 'test', ${id('lac')}, c.kind, ${id('cus')}, 'EUR', c.normal_side, c.may_overdraw,
      c.live
    from generate_series(1, $2::int) n join ledger_chart c on c.kind = 'customer_wallet'`)
  await cluster.ask(database, 'analyze')
}

type Cells = Readonly<Record<string, string | null>>
/** Cells of one row as the database writes them. */
async function sample(cluster: Cluster, text: string, id: string): Promise<Cells[]> {
  const rows = await cluster.ask<{ cells: Cells }>(
    MAIN,
    `select (select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(x))) as cells
      from (${text}) x`,
    [id],
  )
  return rows.map((row) => row.cells)
}

const literal = (text: string | null): string =>
  text === null ? 'null' : `'${text.replaceAll("'", "''")}'`

/** An insert of the sample's columns, with expressions for those that differ from row to row. */
function insertOf(table: string, rows: readonly Cells[], own: readonly Cells[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const values = rows.map((row, at) => {
    const expressions = own[at] ?? {}
    return `(${columns.map((name) => expressions[name] ?? literal(row[name] ?? null)).join(', ')})`
  })
  return `insert into ${table} (${columns.join(', ')}) values ${values.join(', ')};`
}

/**
 * One payment in one call, in SQL alone: every row that the product writes for a payment that was
 * recorded through its API (made from the rows of a real one, so their sizes are the same), with the
 * ledger's own posting function. No validation, no identity, no answer: the database's own limit.
 */
export async function makeOnePayment(
  cluster: Cluster,
  database: string,
  paymentId: string,
): Promise<void> {
  const of = (text: string) => sample(cluster, text, paymentId)
  const payments = await of('select * from payments where id = $1')
  const charges = await of('select * from transactions where payment_id = $1')
  const events = await of('select * from events where object_id = $1 order by object_version')
  const entries = await of('select * from audit_entries where object_id = $1')
  const requests = await of('select * from idempotent_requests where resource_id = $1')
  const merchant = literal(payments[0]?.merchant_id ?? null)
  const counts = [payments, charges, events, entries, requests].map((rows) => rows.length)
  if (counts.join() !== '1,1,2,1,1') throw new Error(`a payment leaves other rows now: ${counts}`)
  const times = { created_at: 'now()', updated_at: 'now()' }
  const own = { object_id: 'payment', payment_id: 'payment' }
  const waiting = [`'event', event`, `'event', event2`, `'audit', 'aud_' || body`]
  await cluster.ask(
    database,
    `create function one_payment(number int) returns void language plpgsql as $function$
    declare
      body text := '0' || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12,
        '0') || substr(replace(gen_random_uuid()::text, '-', ''), 1, 13);
      payment text := 'pay_' || body;
      charge text := 'txn_' || body;
      event text := 'evt_' || body;
      event2 text := 'evt_' || substr(body, 1, 25) || 'z';
      customer text := '${CUSTOMER_HEAD}' || lpad(to_hex(number), ${HEX_DIGITS}, '0');
    begin
      ${insertOf('payments', payments, [{ ...times, id: 'payment', customer_id: 'customer', processed_at: 'now()', expires_at: `now() + interval '1 h'` }])}
      ${insertOf('transactions', charges, [{ ...times, id: 'charge', payment_id: 'payment' }])}
      perform ledger_post(${merchant}, 'test', array['ltr_' || body], array[0], array['bank'],
        array['cash'], array['customer_wallet'], array[customer], array[100]::bigint[],
        array['EUR'], array['recorded'], array[charge], array[0], array[payment], array[false]);
      ${insertOf('events', events, [
        { ...own, id: 'event', created_at: 'now()' },
        { ...own, id: 'event2', created_at: 'now()' },
      ])}
      ${insertOf('audit_entries', entries, [{ id: `'aud_' || body`, object_id: 'payment' }])}
      ${insertOf('idempotent_requests', requests, [{ key: 'body', resource_id: 'payment', created_at: 'now()', finished_at: 'now()' }])}
      insert into outbox (merchant_id, mode, kind, entry_id)
        values ${waiting.map((one) => `(${merchant}, 'test', ${one})`).join(', ')};
    end
    $function$`,
  )
}
