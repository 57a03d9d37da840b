import pg from 'pg'
import type { Database } from '#server/platform/postgres/index.ts'
import type { Florin } from './florin.ts'
import { numbered, REASON } from './seed.ts'

/** As long as KEY_NAME of bench/florin.ts. */
export const CALL_NAME = 'by a call'

/**
 * Makes `bench.one_payment(customer's number, cents)`: every row that the product writes for one
 * recorded top-up, with none of its reads, in one call. What the product keeps as JSON is copied
 * from a payment that it has made, and `sameRows` proves that the two write the same.
 */
export async function makeOnePayment(florin: Florin): Promise<void> {
  const { db, merchantId, key } = florin
  const texts = await jsonOf(db)
  const [shop] = await db.query<{ id: string }>({
    text: 'select id from shops where merchant_id = $1 and is_default',
    values: [merchantId],
  })
  await db.query({ text: functionText(merchantId, shop?.id ?? '', key.id, texts) })
  await db.query({ text: 'grant execute on function bench.one_payment to florin_app' })
}

type Json = { created: string; succeeded: string; body: string; changes: string }
type Row = Json & { id: string; customer_id: string; value: string }

/** Templates for `format`: payment, customer and amount of the newest payment become places. */
async function jsonOf(db: Database): Promise<Json> {
  const [row] = await db.query<Row>({
    text: `select p.id, p.customer_id, (p.amount / 100.0)::numeric(12, 2)::text as value,
        (select data::text from events where payment_id = p.id and object_version = 1) as created,
        (select data::text from events where payment_id = p.id and object_version = 2) as succeeded,
        (select body from idempotent_requests where resource_id = p.id) as body,
        (select changes::text from audit_entries where object_id = p.id) as changes
      from payments p order by p.id desc limit 1`,
  })
  if (!row) throw new Error('there is no payment to copy from')
  const template = (json: string) =>
    pg.escapeLiteral(
      json
        .replaceAll('%', '%%')
        .replaceAll(row.id, '%1$s')
        .replaceAll(row.customer_id, '%2$s')
        .replaceAll(`"${row.value}"`, '"%3$s"'),
    )
  return {
    created: template(row.created),
    succeeded: template(row.succeeded),
    body: template(row.body),
    changes: template(row.changes),
  }
}

const functionText = (merchantId: string, shopId: string, keyId: string, texts: Json): string => `
create function bench.one_payment(n int, cents bigint) returns void language plpgsql as $bench$
declare
  stamp text := bench.time_part((extract(epoch from clock_timestamp()) * 1000)::bigint);
  chance text := replace(gen_random_uuid()::text, '-', '');
  tail text := stamp || left(chance, 16);
  pay text := 'pay_' || tail;
  txn text := 'txn_' || tail;
  evt_1 text := 'evt_' || tail;
  evt_2 text := 'evt_' || stamp || right(chance, 16);
  aud text := 'aud_' || tail;
  cus text := ${numbered('cus', 'n')};
  value text := (cents / 100) || '.' || lpad((cents % 100)::text, 2, '0');
  key text := gen_random_uuid()::text;
begin
  insert into payments (merchant_id, mode, id, shop_id, customer_id, purpose, source, status,
    currency, amount, captured, credited, manual, method, created_by_kind, created_by_id,
    created_by_name, processed_at, expires_at, version)
  values ('${merchantId}', 'test', pay, '${shopId}', cus, 'top_up', 'api', 'succeeded', 'EUR',
    cents, cents, cents, true, 'cash', 'key', '${keyId}', '${CALL_NAME}', now(),
    now() + interval '1 hour', 2);
  insert into transactions (merchant_id, mode, id, payment_id, type, state, currency, amount,
    approved, method, manual, message)
  values ('${merchantId}', 'test', txn, pay, 'charge', 'approved', 'EUR', cents, cents, 'cash',
    true, '${REASON}');
  perform ledger_post('${merchantId}', 'test', array['ltr_' || tail], array[0], array['bank'],
    array['cash'], array['customer_wallet'], array[cus], array[cents], array['EUR'],
    array['recorded'], array[txn], array[0], array[pay], array[false]);
  insert into events (merchant_id, mode, id, type, object_id, object_version, payment_id,
    actor_kind, actor_id, actor_name, data)
  values ('${merchantId}', 'test', evt_1, 'payment.created', pay, 1, pay, 'key', '${keyId}',
      '${CALL_NAME}', format(${texts.created}, pay, cus, value)::jsonb),
    ('${merchantId}', 'test', evt_2, 'payment.succeeded', pay, 2, pay, 'key', '${keyId}',
      '${CALL_NAME}', format(${texts.succeeded}, pay, cus, value)::jsonb);
  insert into audit_entries (merchant_id, id, mode, at_us, actor_kind, actor_id, actor_name,
    action, object_id, changes, request_id, ip)
  values ('${merchantId}', aud, 'test', (extract(epoch from now()) * 1000)::bigint * 1000, 'key',
    '${keyId}', '${CALL_NAME}', 'payment.create', pay,
    format(${texts.changes}, pay, cus, value)::jsonb, 'req_' || tail, '127.0.0.1');
  insert into outbox (merchant_id, mode, kind, entry_id)
  values ('${merchantId}', 'test', 'event', evt_1), ('${merchantId}', 'test', 'event', evt_2),
    ('${merchantId}', 'test', 'audit', aud);
  insert into idempotent_requests (merchant_id, mode, key, fingerprint, principal, status, headers,
    body, resource_id, finished_at)
  values ('${merchantId}', 'test', key, sha256(key::bytea), 'key:${keyId}', 201, '{}',
    format(${texts.body}, pay, cus, value), pay, now());
end
$bench$`

/** How many rows each table has and how many bytes they are. */
export type Tables = Readonly<Record<string, { readonly rows: number; readonly bytes: number }>>

export async function measureTables(db: Database): Promise<Tables> {
  const names = await db.query<{ name: string }>({
    text: `select relname::text as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  })
  const tables: Record<string, { rows: number; bytes: number }> = {}
  for (const { name } of names) {
    const [found] = await db.query<{ rows: number; bytes: number }>({
      text: `select count(*)::int as rows, coalesce(sum(pg_column_size(t)), 0)::float8 as bytes
        from ${pg.escapeIdentifier(name)} t`,
    })
    if (found) tables[name] = found
  }
  return tables
}

/** Ids, numbers and JSON differ by a few bytes from one payment to the next. */
const WIDTH_SHARE = 0.03

/** What one side adds to the tables and the other does not, in words; nothing when all is fair. */
export function sameRows(start: Tables, afterHttp: Tables, afterCall: Tables): string[] {
  return Object.keys(start).flatMap((name) => {
    const grown = (before: Tables, after: Tables) => ({
      rows: (after[name]?.rows ?? 0) - (before[name]?.rows ?? 0),
      bytes: (after[name]?.bytes ?? 0) - (before[name]?.bytes ?? 0),
    })
    const http = grown(start, afterHttp)
    const call = grown(afterHttp, afterCall)
    const same =
      http.rows === call.rows &&
      call.bytes >= http.bytes * (1 - WIDTH_SHARE) &&
      call.bytes <= http.bytes * (1 + WIDTH_SHARE)
    if (same) return []
    const told = (one: typeof http) => `${one.rows} rows of ${one.bytes} bytes`
    return [`${name}: over HTTP ${told(http)}, by the call ${told(call)}`]
  })
}
