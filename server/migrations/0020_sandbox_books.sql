-- The books of the pretend payment company. They stand for a database at another company, so they
-- share no key with Florin's tables: the two sides know each other only over HTTP.
create schema sandbox;

create table sandbox.accounts (
  account_ref text collate "C" primary key,
  mode text not null check (mode in ('test', 'live')),
  api_key_sha256 bytea not null unique check (length(api_key_sha256) = 32),
  -- A vendor signs with it, so it cannot be a digest.
  webhook_secret text not null check (length(webhook_secret) >= 32),
  fee_basis_points int not null default 0 check (fee_basis_points between 0 and 10000),
  created_ms bigint not null
);

-- One row per checkout or token charge. Amounts are decimals of the currency, digits as they came.
create table sandbox.charges (
  account_ref text collate "C" not null references sandbox.accounts,
  ref text collate "C" not null unique,
  seq bigint generated always as identity,
  origin text not null check (origin in ('checkout', 'token', 'past')),
  -- The caller's reference. Not unique: a vendor takes two charges for one order if asked twice,
  -- and the tests must be able to see it happen.
  transaction_id text collate "C" not null,
  reference text not null,
  description text not null,
  currency text not null check (currency ~ '^[A-Z]{3,5}$'),
  amount numeric not null check (amount > 0),
  captured numeric not null default 0,
  refunded numeric not null default 0,
  fee numeric not null default 0,
  status text not null check (status in ('action_required', 'pending', 'succeeded',
    'partially_captured', 'failed', 'canceled', 'expired')),
  failure_code text,
  failure_message text,
  card_brand text,
  card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
  country text check (country ~ '^[A-Z]{2}$'),
  -- The page for the payer, and what the card or token chosen there makes happen.
  pay_token text collate "C" unique,
  locale text not null default 'en',
  return_url text,
  cancel_url text,
  event_url text not null,
  scenario text,
  authenticating boolean not null default false,
  expires_ms bigint,
  -- The next thing that happens by itself: the place in the scenario's list, and when.
  next_step int not null default 0,
  due_ms bigint,
  created_ms bigint not null,
  updated_ms bigint not null,
  primary key (account_ref, ref),
  constraint charge_captured_within_amount check (captured <= amount),
  constraint charge_refunds_within_captured check (refunded >= 0 and refunded <= captured)
);
create index charges_by_transaction on sandbox.charges (account_ref, transaction_id);
create index charges_newest on sandbox.charges (account_ref, seq);
create index charges_due on sandbox.charges (due_ms) where due_ms is not null;

-- Money taken from a payer. The primary key is the promise that one charge takes it once, however
-- often its page is submitted.
create table sandbox.captures (
  account_ref text collate "C" not null,
  charge_ref text collate "C" not null,
  currency text not null,
  amount numeric not null check (amount > 0),
  captured_ms bigint not null,
  constraint one_capture_per_charge primary key (account_ref, charge_ref),
  foreign key (account_ref, charge_ref) references sandbox.charges (account_ref, ref)
);

create table sandbox.refunds (
  account_ref text collate "C" not null,
  ref text collate "C" not null,
  seq bigint generated always as identity,
  charge_ref text collate "C" not null,
  -- Null when it was made at this company's own dashboard.
  transaction_id text collate "C",
  currency text not null,
  amount numeric not null check (amount > 0),
  reason text not null,
  status text not null check (status in ('pending', 'succeeded', 'failed')),
  message text,
  due_ms bigint,
  created_ms bigint not null,
  updated_ms bigint not null,
  primary key (account_ref, ref),
  foreign key (account_ref, charge_ref) references sandbox.charges (account_ref, ref)
);
create index refunds_of_charge on sandbox.refunds (account_ref, charge_ref, seq);
create index refunds_by_transaction on sandbox.refunds (account_ref, transaction_id);
create index refunds_due on sandbox.refunds (due_ms) where due_ms is not null;

create table sandbox.disputes (
  account_ref text collate "C" not null,
  ref text collate "C" not null,
  seq bigint generated always as identity,
  charge_ref text collate "C" not null,
  currency text not null,
  amount numeric not null check (amount > 0),
  reason text not null,
  status text not null check (status in ('needs_response', 'won', 'lost')),
  created_ms bigint not null,
  updated_ms bigint not null,
  primary key (account_ref, ref),
  foreign key (account_ref, charge_ref) references sandbox.charges (account_ref, ref)
);
create index disputes_of_charge on sandbox.disputes (account_ref, charge_ref, seq);

create table sandbox.idempotent_requests (
  account_ref text collate "C" not null references sandbox.accounts,
  key text collate "C" not null check (length(key) between 1 and 255),
  request_sha256 bytea not null check (length(request_sha256) = 32),
  status int not null,
  answer text not null,
  created_ms bigint not null,
  primary key (account_ref, key)
);

-- The body is frozen when the fact commits; each delivery signs it anew.
create table sandbox.events (
  account_ref text collate "C" not null references sandbox.accounts,
  id text collate "C" not null,
  seq bigint generated always as identity,
  type text not null,
  charge_ref text collate "C" not null,
  event_url text not null,
  body text not null,
  created_ms bigint not null,
  primary key (account_ref, id)
);
create index events_newest on sandbox.events (account_ref, seq);
create index events_of_charge on sandbox.events (account_ref, charge_ref, seq);

create table sandbox.deliveries (
  account_ref text collate "C" not null,
  id text collate "C" not null,
  seq bigint generated always as identity,
  event_id text collate "C" not null,
  state text not null check (state in ('scheduled', 'held', 'lost', 'delivered', 'exhausted')),
  corrupt text check (corrupt in ('signature', 'body')),
  attempts int not null default 0,
  due_ms bigint not null,
  last_answer text,
  primary key (account_ref, id),
  foreign key (account_ref, event_id) references sandbox.events (account_ref, id)
);
create index deliveries_of_event on sandbox.deliveries (account_ref, event_id, seq);
create index deliveries_due on sandbox.deliveries (due_ms) where state = 'scheduled';
create index deliveries_held on sandbox.deliveries (account_ref, seq) where state = 'held';

create table sandbox.switches (
  account_ref text collate "C" not null references sandbox.accounts,
  name text collate "C" not null,
  -- How often it still acts; null means always.
  remaining int check (remaining >= 0),
  settings jsonb not null,
  primary key (account_ref, name)
);

grant usage on schema sandbox to florin_app;
grant select, insert on all tables in schema sandbox to florin_app;
grant update on sandbox.charges, sandbox.refunds, sandbox.disputes, sandbox.deliveries,
  sandbox.switches to florin_app;
grant delete on sandbox.idempotent_requests, sandbox.switches to florin_app;

-- As in 0013: until the first ANALYZE the planner is told that there are few accounts. Without it
-- the foreign keys read all of an account's charges for each new row (measured: 50 times slower).
do $$
declare
  c record;
begin
  if current_setting('server_version_num')::int < 180000 then
    return;
  end if;
  for c in
    select t.relname::text from pg_attribute a join pg_class t on t.oid = a.attrelid
    where a.attname = 'account_ref' and t.relkind = 'r'
      and t.relnamespace = 'sandbox'::regnamespace
  loop
    perform pg_restore_attribute_stats('schemaname', 'sandbox', 'relname', c.relname, 'attname',
      'account_ref', 'inherited', false, 'null_frac', 0::real, 'avg_width', 30,
      'n_distinct', 2::real);
  end loop;
end
$$;
