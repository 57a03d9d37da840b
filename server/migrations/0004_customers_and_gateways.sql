create table customers (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  id customer_id not null,
  name text check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 320),
  label text check (length(label) between 1 and 200),
  country text check (country ~ '^[A-Z]{2}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version int not null default 1,
  primary key (merchant_id, mode, id)
);
create unique index customers_by_label on customers (merchant_id, mode, label);
create index customers_by_email on customers (merchant_id, mode, lower(email), id);

-- A wallet is a name for one ledger account of a customer; its balance is the ledger's.
create table wallets (
  merchant_id text not null,
  mode payment_mode not null,
  id text collate "C" not null check (id ~ '^wal_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  customer_id customer_id not null,
  currency currency_code not null,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  unique (merchant_id, mode, customer_id, currency),
  foreign key (merchant_id, mode, customer_id) references customers (merchant_id, mode, id)
);

create table gateway_accounts (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  id gateway_account_id not null,
  gateway text not null check (gateway ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null,
  account_ref text not null,
  base_url text not null,
  -- AES-256-GCM with a key id, bound to this row (platform/secrets.ts); never plain text.
  credentials bytea not null,
  -- Unguessable, not secret: the address the gateway sends its events to.
  public_id text not null check (length(public_id) between 22 and 64),
  active boolean not null default true,
  last_event_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id)
);
create index gateway_accounts_by_public_id on gateway_accounts (public_id);

create table payment_methods (
  merchant_id text not null,
  mode payment_mode not null,
  id payment_method_id not null,
  name text not null check (length(name) between 1 and 100),
  name_fr text not null check (length(name_fr) between 1 and 100),
  slug text not null check (slug ~ '^[a-z][a-z0-9-]{0,59}$'),
  description text not null default '',
  description_fr text not null default '',
  gateway_account_id gateway_account_id not null,
  is_active boolean not null default true,
  currencies text[],
  position int not null default 0,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  unique (merchant_id, mode, slug),
  foreign key (merchant_id, mode, gateway_account_id)
    references gateway_accounts (merchant_id, mode, id)
);

grant select, insert, update on customers, wallets, gateway_accounts, payment_methods to florin_app;
