create table merchants (
  merchant_id text collate "C" primary key
    check (merchant_id ~ '^mer_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  name text not null check (length(name) between 1 and 200),
  time_zone text not null,
  currency currency_code not null,
  locale text not null check (locale in ('en', 'fr')),
  created_at timestamptz not null default now()
);

create table shops (
  merchant_id text not null references merchants,
  id shop_id not null,
  name text not null check (length(name) between 1 and 200),
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (merchant_id, id)
);
create unique index shops_one_default on shops (merchant_id) where is_default;

create table members (
  merchant_id text not null references merchants,
  id member_id not null,
  email text not null check (email = lower(email) and length(email) between 3 and 320),
  name text not null,
  password_hash text not null,
  role text not null check (role in ('super_admin')),
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  primary key (merchant_id, id),
  unique (merchant_id, email)
);

-- Opaque sign-ins, stored hashed: a stolen table signs nobody in.
create table sign_ins (
  merchant_id text not null,
  token_sha256 bytea not null check (length(token_sha256) = 32),
  member_id member_id not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ip text,
  user_agent text,
  primary key (merchant_id, token_sha256),
  foreign key (merchant_id, member_id) references members (merchant_id, id)
);
create index sign_ins_by_token on sign_ins (token_sha256);

-- Wrong passwords, counted in the database so that restarts and other processes see them.
create table sign_in_failures (
  subject text not null,
  at timestamptz not null default clock_timestamp()
);
create index sign_in_failures_recent on sign_in_failures (subject, at);

create table api_keys (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  id api_key_id not null,
  name text not null check (length(name) between 1 and 100),
  prefix text not null,
  secret_sha256 bytea not null check (length(secret_sha256) = 32),
  scopes text[] not null check (cardinality(scopes) between 1 and 60),
  created_by member_id,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (merchant_id, mode, id)
);
create index api_keys_by_secret on api_keys (secret_sha256);

grant select, insert, update on merchants, shops, members, api_keys to florin_app;
grant select, insert, update, delete on sign_ins, sign_in_failures to florin_app;
