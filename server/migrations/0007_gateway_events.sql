-- The inbox: every genuine incoming notice, raw, stored before it is used. Refused notices keep
-- only
-- a digest, so that nobody can fill the disk with forgeries that look like evidence.
create table gateway_events (
  merchant_id text not null,
  mode payment_mode not null,
  id gateway_event_id not null,
  gateway text not null,
  gateway_account_id gateway_account_id not null,
  dedupe_key text not null,
  type text not null,
  status text not null check (status in ('waiting', 'applied', 'duplicate', 'parked', 'refused')),
  verdict text not null,
  reason text,
  object_ref text,
  payment_id payment_id,
  transaction_id text,
  changed text[] not null default '{}',
  deliveries int not null default 1,
  body bytea,
  body_sha256 bytea not null,
  headers jsonb not null default '{}',
  gateway_created_at timestamptz,
  received_at timestamptz not null default now(),
  applied_at timestamptz,
  primary key (merchant_id, mode, id),
  unique (merchant_id, mode, gateway_account_id, dedupe_key),
  foreign key (merchant_id, mode, gateway_account_id)
    references gateway_accounts (merchant_id, mode, id)
);
create index gateway_events_of_payment on gateway_events (merchant_id, mode, payment_id, id);
create index gateway_events_unsettled on gateway_events (merchant_id, mode, gateway_account_id, id)
  where status in ('waiting', 'parked');

grant select, insert, update on gateway_events to florin_app;
