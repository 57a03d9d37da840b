-- What people and keys did. The application may add rows and read them, nothing else.
create table audit_entries (
  merchant_id text not null,
  id audit_entry_id not null,
  mode payment_mode,
  -- Whole microseconds since 1970: what is hashed must not depend on how a driver rounds.
  at_us bigint not null,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  action text not null,
  object_id text,
  reason text,
  changes jsonb not null default '{}',
  request_id text,
  ip text,
  primary key (merchant_id, id)
);
create index audit_entries_of_object on audit_entries (merchant_id, object_id, id);

-- The chain: each link's hash covers the one before and the entry's canonical bytes.
create table chain_links (
  merchant_id text not null,
  seq bigint not null,
  kind text not null check (kind in ('audit', 'event')),
  entry_mode text not null default '',
  entry_id text collate "C" not null,
  entry_sha256 bytea not null check (length(entry_sha256) = 32),
  prev_sha256 bytea not null check (length(prev_sha256) = 32),
  sha256 bytea not null check (length(sha256) = 32),
  primary key (merchant_id, seq),
  unique (merchant_id, kind, entry_mode, entry_id),
  unique (merchant_id, prev_sha256)
);

-- Where the chain ends, so that cutting its tail shows.
create table chain_heads (
  merchant_id text primary key,
  seq bigint not null,
  sha256 bytea not null
);

grant select, insert on audit_entries, chain_links to florin_app;
grant select, insert, update on chain_heads to florin_app;
