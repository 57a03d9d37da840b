create table exports (
  merchant_id text not null,
  mode payment_mode not null,
  id export_id not null,
  list text not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'canceled')),
  request jsonb not null,
  time_zone text not null,
  rows_done bigint not null default 0,
  rows_total bigint not null default 0,
  sums jsonb not null default '[]',
  sha256 bytea,
  bytes bigint,
  file_name text,
  message text,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (merchant_id, mode, id)
);

-- Words to find a payment by, kept apart so that the hot table carries no text index. Filled by a
-- subscriber within a second of the event.
create table payment_search (
  merchant_id text not null,
  mode payment_mode not null,
  payment_id payment_id not null,
  words text not null,
  primary key (merchant_id, mode, payment_id)
);
create index payment_search_words on payment_search using gin (words gin_trgm_ops);

grant select, insert, update on exports to florin_app;
grant select, insert, update, delete on payment_search to florin_app;
