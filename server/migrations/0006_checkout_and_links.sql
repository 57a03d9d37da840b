create table checkout_sessions (
  merchant_id text not null,
  mode payment_mode not null,
  id checkout_session_id not null,
  payment_id payment_id not null,
  -- The address is told once; what is kept finds the session but does not open it.
  token_sha256 bytea not null check (length(token_sha256) = 32),
  locale text check (locale in ('en', 'fr')),
  success_url text,
  cancel_url text,
  expires_at timestamptz not null,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  foreign key (merchant_id, mode, payment_id) references payments (merchant_id, mode, id)
);
create index checkout_sessions_by_token on checkout_sessions (token_sha256);
create index checkout_sessions_of_payment on checkout_sessions (merchant_id, mode, payment_id);

create table payment_links (
  merchant_id text not null,
  mode payment_mode not null,
  id payment_link_id not null,
  -- In the address; 128 bits, so that nobody finds a link by trying.
  code text not null check (length(code) >= 22),
  amount minor_units check (amount > 0),
  currency currency_code not null,
  reference text,
  description text,
  payer_name text,
  payer_email text,
  customer_id customer_id,
  shop_id shop_id not null,
  metadata jsonb not null default '{}',
  payment_id payment_id,
  locale text check (locale in ('en', 'fr')),
  due_on date,
  expires_at timestamptz,
  canceled_at timestamptz,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  foreign key (merchant_id, mode, payment_id) references payments (merchant_id, mode, id),
  foreign key (merchant_id, mode, customer_id) references customers (merchant_id, mode, id),
  foreign key (merchant_id, shop_id) references shops (merchant_id, id)
);
create index payment_links_by_code on payment_links (code);

grant select, insert, update on checkout_sessions, payment_links to florin_app;
