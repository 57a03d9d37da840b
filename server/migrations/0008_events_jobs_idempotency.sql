-- Facts we announce. Written in the transaction that makes them true; never changed.
create table events (
  merchant_id text not null,
  mode payment_mode not null,
  id event_id not null,
  type text not null,
  object_id text collate "C" not null,
  object_version int not null,
  payment_id payment_id,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  data jsonb not null,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id)
);
create index events_of_payment on events (merchant_id, mode, payment_id, id)
  where payment_id is not null;

-- Events that subscribers have not seen, and entries not yet sealed into the merchant's chain; a
-- row
-- goes when that is done. `mode` is empty for what belongs to both modes.
create table outbox (
  merchant_id text not null,
  mode text not null check (mode in ('', 'test', 'live')),
  kind text not null check (kind in ('event', 'audit')),
  entry_id text collate "C" not null,
  primary key (merchant_id, mode, kind, entry_id)
);

create table jobs (
  merchant_id text not null,
  mode payment_mode not null,
  id job_id not null,
  kind text not null,
  -- One waiting job per kind and key: asking again makes it dirty, and it runs once more.
  key text not null,
  payload jsonb not null default '{}',
  run_at timestamptz not null default now(),
  dirty int not null default 1,
  attempts int not null default 0,
  max_attempts int not null default 12,
  lease_until timestamptz,
  -- Counts up at every claim; who finishes with an older number finishes nothing.
  fence int not null default 0,
  last_error text,
  dead_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  unique (merchant_id, mode, kind, key)
);
create index jobs_due on jobs (merchant_id, mode, run_at) where dead_at is null;
create index jobs_dead on jobs (merchant_id, mode, dead_at) where dead_at is not null;

create table idempotent_requests (
  merchant_id text not null,
  mode payment_mode not null,
  key text not null check (length(key) between 1 and 255),
  fingerprint bytea not null check (length(fingerprint) = 32),
  principal text not null,
  status int,
  headers jsonb,
  body text,
  resource_id text,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (merchant_id, mode, key)
);
create index idempotent_requests_by_age on idempotent_requests (created_at);

grant select, insert on events to florin_app;
grant select, insert, delete on outbox to florin_app;
grant select, insert, update, delete on jobs, idempotent_requests to florin_app;
