-- Generated from a migrated database by its golden test: change migrations, never this file.

-- extensions
create extension pg_trgm;

-- domains
create domain api_key_id as text collate "C" constraint api_key_id_check CHECK ((VALUE ~ '^key_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain audit_entry_id as text collate "C" constraint audit_entry_id_check CHECK ((VALUE ~ '^aud_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain checkout_session_id as text collate "C" constraint checkout_session_id_check CHECK ((VALUE ~ '^cks_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain currency_code as text constraint currency_code_check CHECK ((VALUE ~ '^[A-Z0-9]{3,12}$'::text));
create domain customer_id as text collate "C" constraint customer_id_check CHECK ((VALUE ~ '^cus_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain event_id as text collate "C" constraint event_id_check CHECK ((VALUE ~ '^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain export_id as text collate "C" constraint export_id_check CHECK ((VALUE ~ '^exp_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain gateway_account_id as text collate "C" constraint gateway_account_id_check CHECK ((VALUE ~ '^gwa_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain gateway_event_id as text collate "C" constraint gateway_event_id_check CHECK ((VALUE ~ '^gev_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain job_id as text collate "C" constraint job_id_check CHECK ((VALUE ~ '^job_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain ledger_account_id as text collate "C" constraint ledger_account_id_check CHECK ((VALUE ~ '^lac_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain member_id as text collate "C" constraint member_id_check CHECK ((VALUE ~ '^mem_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain minor_units as bigint constraint minor_units_check CHECK (((VALUE >= 0) AND (VALUE <= '4000000000000000000'::bigint)));
create domain note_id as text collate "C" constraint note_id_check CHECK ((VALUE ~ '^not_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain payment_id as text collate "C" constraint payment_id_check CHECK ((VALUE ~ '^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain payment_link_id as text collate "C" constraint payment_link_id_check CHECK ((VALUE ~ '^lnk_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain payment_method_id as text collate "C" constraint payment_method_id_check CHECK ((VALUE ~ '^pmt_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain payment_mode as text constraint payment_mode_check CHECK ((VALUE = ANY (ARRAY['test'::text, 'live'::text])));
create domain refund_id as text collate "C" constraint refund_id_check CHECK ((VALUE ~ '^rfd_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain shop_id as text collate "C" constraint shop_id_check CHECK ((VALUE ~ '^shp_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain transaction_id as text collate "C" constraint transaction_id_check CHECK ((VALUE ~ '^txn_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));
create domain transfer_id as text collate "C" constraint transfer_id_check CHECK ((VALUE ~ '^ltr_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text));

-- tables
create table api_keys (
  merchant_id text not null,
  mode payment_mode not null,
  id api_key_id not null,
  name text not null,
  prefix text not null,
  secret_sha256 bytea not null,
  scopes text[] not null,
  created_by member_id,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint api_keys_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint api_keys_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 60))),
  constraint api_keys_secret_sha256_check CHECK ((length(secret_sha256) = 32))
);
create table audit_entries (
  merchant_id text not null,
  id audit_entry_id not null,
  mode payment_mode,
  at_us bigint not null,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  action text not null,
  object_id text,
  reason text,
  changes jsonb not null default '{}'::jsonb,
  request_id text,
  ip text,
  constraint audit_entries_pkey PRIMARY KEY (merchant_id, id)
);
create table chain_heads (
  merchant_id text not null,
  seq bigint not null,
  sha256 bytea not null,
  constraint chain_heads_pkey PRIMARY KEY (merchant_id)
);
create table chain_links (
  merchant_id text not null,
  seq bigint not null,
  kind text not null,
  entry_mode text not null default ''::text,
  entry_id text collate "C" not null,
  entry_sha256 bytea not null,
  prev_sha256 bytea not null,
  sha256 bytea not null,
  constraint chain_links_pkey PRIMARY KEY (merchant_id, seq),
  constraint chain_links_entry_sha256_check CHECK ((length(entry_sha256) = 32)),
  constraint chain_links_kind_check CHECK ((kind = ANY (ARRAY['audit'::text, 'event'::text]))),
  constraint chain_links_merchant_id_kind_entry_mode_entry_id_key UNIQUE (merchant_id, kind, entry_mode, entry_id),
  constraint chain_links_merchant_id_prev_sha256_key UNIQUE (merchant_id, prev_sha256),
  constraint chain_links_prev_sha256_check CHECK ((length(prev_sha256) = 32)),
  constraint chain_links_sha256_check CHECK ((length(sha256) = 32))
);
create table checkout_sessions (
  merchant_id text not null,
  mode payment_mode not null,
  id checkout_session_id not null,
  payment_id payment_id not null,
  token_sha256 bytea not null,
  receipt_token_sha256 bytea,
  locale text,
  success_url text,
  cancel_url text,
  expires_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint checkout_sessions_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint checkout_sessions_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text]))),
  constraint checkout_sessions_merchant_id_mode_payment_id_fkey FOREIGN KEY (merchant_id, mode, payment_id) REFERENCES payments(merchant_id, mode, id),
  constraint checkout_sessions_token_sha256_check CHECK ((length(token_sha256) = 32))
);
create table customers (
  merchant_id text not null,
  mode payment_mode not null,
  id customer_id not null,
  name text,
  email text,
  label text,
  country text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint customers_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint customers_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint customers_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
  constraint customers_label_check CHECK (((length(label) >= 1) AND (length(label) <= 200))),
  constraint customers_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint customers_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
create table events (
  merchant_id text not null,
  mode payment_mode not null,
  id event_id not null,
  type text not null,
  object_id text collate "C" not null,
  object_version integer not null,
  payment_id payment_id,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  data jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint events_pkey PRIMARY KEY (merchant_id, mode, id)
);
create table exports (
  merchant_id text not null,
  mode payment_mode not null,
  id export_id not null,
  list text not null,
  status text not null,
  request jsonb not null,
  time_zone text not null,
  rows_done bigint not null default 0,
  rows_total bigint not null default 0,
  sums jsonb not null default '[]'::jsonb,
  sha256 bytea,
  bytes bigint,
  file_name text,
  message text,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint exports_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint exports_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'canceled'::text])))
);
create table gateway_accounts (
  merchant_id text not null,
  mode payment_mode not null,
  id gateway_account_id not null,
  gateway text not null,
  name text not null,
  account_ref text not null,
  base_url text not null,
  credentials bytea not null,
  public_id text not null,
  active boolean not null default true,
  last_event_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint gateway_accounts_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint gateway_accounts_gateway_check CHECK ((gateway ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint gateway_accounts_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint gateway_accounts_public_id_check CHECK (((length(public_id) >= 22) AND (length(public_id) <= 64)))
);
create table gateway_events (
  merchant_id text not null,
  mode payment_mode not null,
  id gateway_event_id not null,
  gateway text not null,
  gateway_account_id gateway_account_id not null,
  dedupe_key text not null,
  type text not null,
  status text not null,
  verdict text not null,
  reason text,
  object_ref text,
  payment_id payment_id,
  transaction_id text,
  changed text[] not null default '{}'::text[],
  deliveries integer not null default 1,
  body bytea,
  body_sha256 bytea not null,
  headers jsonb not null default '{}'::jsonb,
  gateway_created_at timestamp with time zone,
  received_at timestamp with time zone not null default now(),
  applied_at timestamp with time zone,
  constraint gateway_events_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint gateway_events_merchant_id_mode_gateway_account_id_dedupe_k_key UNIQUE (merchant_id, mode, gateway_account_id, dedupe_key),
  constraint gateway_events_merchant_id_mode_gateway_account_id_fkey FOREIGN KEY (merchant_id, mode, gateway_account_id) REFERENCES gateway_accounts(merchant_id, mode, id),
  constraint gateway_events_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'applied'::text, 'duplicate'::text, 'parked'::text, 'refused'::text])))
);
create table idempotent_requests (
  merchant_id text not null,
  mode payment_mode not null,
  key text not null,
  fingerprint bytea not null,
  principal text not null,
  status integer,
  headers jsonb,
  body text,
  resource_id text,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint idempotent_requests_pkey PRIMARY KEY (merchant_id, mode, key),
  constraint idempotent_requests_fingerprint_check CHECK ((length(fingerprint) = 32)),
  constraint idempotent_requests_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
create table jobs (
  merchant_id text not null,
  mode payment_mode not null,
  id job_id not null,
  kind text not null,
  key text not null,
  payload jsonb not null default '{}'::jsonb,
  run_at timestamp with time zone not null default now(),
  dirty integer not null default 1,
  attempts integer not null default 0,
  max_attempts integer not null default 12,
  lease_until timestamp with time zone,
  fence integer not null default 0,
  last_error text,
  dead_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint jobs_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint jobs_merchant_id_mode_kind_key_key UNIQUE (merchant_id, mode, kind, key)
);
create table members (
  merchant_id text not null,
  id member_id not null,
  email text not null,
  name text not null,
  password_hash text not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  disabled_at timestamp with time zone,
  constraint members_pkey PRIMARY KEY (merchant_id, id),
  constraint members_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 320)))),
  constraint members_merchant_id_email_key UNIQUE (merchant_id, email),
  constraint members_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint members_role_check CHECK ((role = 'super_admin'::text))
);
create table merchants (
  merchant_id text collate "C" not null,
  name text not null,
  time_zone text not null,
  currency currency_code not null,
  locale text not null,
  created_at timestamp with time zone not null default now(),
  constraint merchants_pkey PRIMARY KEY (merchant_id),
  constraint merchants_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text]))),
  constraint merchants_merchant_id_check CHECK ((merchant_id ~ '^mer_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text)),
  constraint merchants_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
create table notes (
  merchant_id text not null,
  mode payment_mode not null,
  id note_id not null,
  payment_id payment_id not null,
  text text not null,
  member_id text,
  author text,
  created_at timestamp with time zone not null default now(),
  constraint notes_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint notes_merchant_id_mode_payment_id_fkey FOREIGN KEY (merchant_id, mode, payment_id) REFERENCES payments(merchant_id, mode, id),
  constraint notes_text_check CHECK (((length(text) >= 1) AND (length(text) <= 4000)))
);
create table outbox (
  merchant_id text not null,
  mode text not null,
  kind text not null,
  entry_id text collate "C" not null,
  constraint outbox_pkey PRIMARY KEY (merchant_id, mode, kind, entry_id),
  constraint outbox_kind_check CHECK ((kind = ANY (ARRAY['event'::text, 'audit'::text]))),
  constraint outbox_mode_check CHECK ((mode = ANY (ARRAY[''::text, 'test'::text, 'live'::text])))
);
create table payment_links (
  merchant_id text not null,
  mode payment_mode not null,
  id payment_link_id not null,
  code text not null,
  amount minor_units,
  currency currency_code not null,
  reference text,
  description text,
  payer_name text,
  payer_email text,
  customer_id customer_id,
  shop_id shop_id not null,
  metadata jsonb not null default '{}'::jsonb,
  payment_id payment_id,
  locale text,
  due_on date,
  expires_at timestamp with time zone,
  canceled_at timestamp with time zone,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamp with time zone not null default now(),
  constraint payment_links_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint payment_links_amount_check CHECK (((amount)::bigint > 0)),
  constraint payment_links_code_check CHECK ((length(code) >= 22)),
  constraint payment_links_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text]))),
  constraint payment_links_merchant_id_mode_customer_id_fkey FOREIGN KEY (merchant_id, mode, customer_id) REFERENCES customers(merchant_id, mode, id),
  constraint payment_links_merchant_id_mode_payment_id_fkey FOREIGN KEY (merchant_id, mode, payment_id) REFERENCES payments(merchant_id, mode, id),
  constraint payment_links_merchant_id_shop_id_fkey FOREIGN KEY (merchant_id, shop_id) REFERENCES shops(merchant_id, id)
);
create table payment_methods (
  merchant_id text not null,
  mode payment_mode not null,
  id payment_method_id not null,
  name text not null,
  name_fr text not null,
  slug text not null,
  description text not null default ''::text,
  description_fr text not null default ''::text,
  gateway_account_id gateway_account_id not null,
  is_active boolean not null default true,
  currencies text[],
  "position" integer not null default 0,
  created_at timestamp with time zone not null default now(),
  constraint payment_methods_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint payment_methods_merchant_id_mode_gateway_account_id_fkey FOREIGN KEY (merchant_id, mode, gateway_account_id) REFERENCES gateway_accounts(merchant_id, mode, id),
  constraint payment_methods_merchant_id_mode_slug_key UNIQUE (merchant_id, mode, slug),
  constraint payment_methods_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint payment_methods_name_fr_check CHECK (((length(name_fr) >= 1) AND (length(name_fr) <= 100))),
  constraint payment_methods_slug_check CHECK ((slug ~ '^[a-z][a-z0-9-]{0,59}$'::text))
);
create table payment_search (
  merchant_id text not null,
  mode payment_mode not null,
  payment_id payment_id not null,
  words text not null,
  constraint payment_search_pkey PRIMARY KEY (merchant_id, mode, payment_id)
);
create table payments (
  merchant_id text not null,
  mode payment_mode not null,
  id payment_id not null,
  shop_id shop_id not null,
  customer_id customer_id,
  purpose text not null,
  purpose_ref text,
  source text not null,
  status text not null,
  currency currency_code not null,
  amount minor_units not null,
  captured minor_units not null default 0,
  refund_reserved minor_units not null default 0,
  refunded minor_units not null default 0,
  disputed minor_units not null default 0,
  fee minor_units not null default 0,
  credited minor_units,
  manual_open minor_units not null default 0,
  manual boolean not null default false,
  late boolean not null default false,
  reference text,
  description text,
  payer_name text,
  payer_email text,
  country text,
  gateway text,
  gateway_account_id gateway_account_id,
  method text,
  gateway_ref text,
  card_brand text,
  card_last4 text,
  gateway_details jsonb not null default '{}'::jsonb,
  reason text,
  message text,
  session_id checkout_session_id,
  link_id payment_link_id,
  metadata jsonb not null default '{}'::jsonb,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  processed_at timestamp with time zone,
  expires_at timestamp with time zone,
  version integer not null default 1,
  constraint payments_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint manual_within_captured CHECK (((manual_open)::bigint <= (captured)::bigint)),
  constraint payments_amount_check CHECK (((amount)::bigint > 0)),
  constraint payments_card_last4_check CHECK ((card_last4 ~ '^[0-9]{4}$'::text)),
  constraint payments_description_check CHECK ((length(description) <= 500)),
  constraint payments_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint payments_merchant_id_mode_customer_id_fkey FOREIGN KEY (merchant_id, mode, customer_id) REFERENCES customers(merchant_id, mode, id),
  constraint payments_merchant_id_shop_id_fkey FOREIGN KEY (merchant_id, shop_id) REFERENCES shops(merchant_id, id),
  constraint payments_payer_email_check CHECK ((length(payer_email) <= 320)),
  constraint payments_payer_name_check CHECK ((length(payer_name) <= 200)),
  constraint payments_purpose_check CHECK ((purpose ~ '^[a-z][a-z_]{1,29}$'::text)),
  constraint payments_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 200))),
  constraint payments_source_check CHECK ((source = ANY (ARRAY['api'::text, 'link'::text, 'checkout'::text, 'dashboard'::text, 'gateway'::text]))),
  constraint payments_status_check CHECK ((status = ANY (ARRAY['open'::text, 'processing'::text, 'authorized'::text, 'partially_paid'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text, 'expired'::text]))),
  constraint refunds_within_captured CHECK (((refund_reserved)::bigint <= (GREATEST(captured, refunded))::bigint))
);
create table refunds (
  merchant_id text not null,
  mode payment_mode not null,
  id refund_id not null,
  payment_id payment_id not null,
  transaction_id transaction_id,
  status text not null,
  currency currency_code not null,
  amount minor_units not null,
  reason text not null,
  message text,
  source text not null,
  gateway text,
  gateway_ref text,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint refunds_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint refunds_amount_check CHECK (((amount)::bigint > 0)),
  constraint refunds_merchant_id_mode_payment_id_fkey FOREIGN KEY (merchant_id, mode, payment_id) REFERENCES payments(merchant_id, mode, id),
  constraint refunds_merchant_id_mode_transaction_id_fkey FOREIGN KEY (merchant_id, mode, transaction_id) REFERENCES transactions(merchant_id, mode, id),
  constraint refunds_source_check CHECK ((source = ANY (ARRAY['dashboard'::text, 'api'::text, 'gateway'::text]))),
  constraint refunds_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'awaiting_approval'::text, 'sending'::text, 'unknown'::text, 'succeeded'::text, 'failed'::text])))
);
create table schema_migrations (
  version integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (version)
);
create table shops (
  merchant_id text not null,
  id shop_id not null,
  name text not null,
  is_default boolean not null default false,
  created_at timestamp with time zone not null default now(),
  constraint shops_pkey PRIMARY KEY (merchant_id, id),
  constraint shops_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint shops_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
create table sign_in_failures (
  subject text not null,
  at timestamp with time zone not null default clock_timestamp()
);
create table sign_ins (
  merchant_id text not null,
  token_sha256 bytea not null,
  member_id member_id not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ip text,
  user_agent text,
  constraint sign_ins_pkey PRIMARY KEY (merchant_id, token_sha256),
  constraint sign_ins_merchant_id_member_id_fkey FOREIGN KEY (merchant_id, member_id) REFERENCES members(merchant_id, id),
  constraint sign_ins_token_sha256_check CHECK ((length(token_sha256) = 32))
);
create table transactions (
  merchant_id text not null,
  mode payment_mode not null,
  id transaction_id not null,
  payment_id payment_id not null,
  type text not null,
  state text not null,
  currency currency_code not null,
  amount minor_units not null,
  approved minor_units not null default 0,
  cleared minor_units not null default 0,
  charge_id transaction_id,
  gateway_account_id gateway_account_id,
  gateway text,
  gateway_ref text,
  method text,
  manual boolean not null default false,
  redirect_url text,
  request_path text,
  request_body text,
  request_sha256 bytea,
  attempts integer not null default 0,
  first_sent_at timestamp with time zone,
  resend_until timestamp with time zone,
  quarantine_until timestamp with time zone,
  not_found_at timestamp with time zone,
  reason text,
  message text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint transactions_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint transactions_amount_check CHECK (((amount)::bigint > 0)),
  constraint transactions_check CHECK (((cleared)::bigint <= (approved)::bigint)),
  constraint transactions_merchant_id_mode_gateway_account_id_fkey FOREIGN KEY (merchant_id, mode, gateway_account_id) REFERENCES gateway_accounts(merchant_id, mode, id),
  constraint transactions_merchant_id_mode_payment_id_fkey FOREIGN KEY (merchant_id, mode, payment_id) REFERENCES payments(merchant_id, mode, id),
  constraint transactions_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'dispatched'::text, 'action_required'::text, 'pending'::text, 'unknown'::text, 'approved'::text, 'rejected'::text]))),
  constraint transactions_type_check CHECK ((type = ANY (ARRAY['charge'::text, 'refund'::text, 'chargeback'::text])))
);
create table wallets (
  merchant_id text not null,
  mode payment_mode not null,
  id text collate "C" not null,
  customer_id customer_id not null,
  currency currency_code not null,
  created_at timestamp with time zone not null default now(),
  constraint wallets_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint wallets_id_check CHECK ((id ~ '^wal_[0-7][0-9a-hjkmnp-tv-z]{25}$'::text)),
  constraint wallets_merchant_id_mode_customer_id_currency_key UNIQUE (merchant_id, mode, customer_id, currency),
  constraint wallets_merchant_id_mode_customer_id_fkey FOREIGN KEY (merchant_id, mode, customer_id) REFERENCES customers(merchant_id, mode, id)
);

-- indexes
CREATE INDEX api_keys_by_secret ON public.api_keys USING btree (secret_sha256);
CREATE INDEX audit_entries_of_object ON public.audit_entries USING btree (merchant_id, object_id, id);
CREATE INDEX checkout_sessions_by_token ON public.checkout_sessions USING btree (token_sha256);
CREATE INDEX checkout_sessions_of_payment ON public.checkout_sessions USING btree (merchant_id, mode, payment_id);
CREATE INDEX customers_by_email ON public.customers USING btree (merchant_id, mode, lower(email), id);
CREATE UNIQUE INDEX customers_by_label ON public.customers USING btree (merchant_id, mode, label);
CREATE INDEX events_of_payment ON public.events USING btree (merchant_id, mode, payment_id, id) WHERE (payment_id IS NOT NULL);
CREATE INDEX gateway_accounts_by_public_id ON public.gateway_accounts USING btree (public_id);
CREATE INDEX gateway_events_of_payment ON public.gateway_events USING btree (merchant_id, mode, payment_id, id);
CREATE INDEX gateway_events_unsettled ON public.gateway_events USING btree (merchant_id, mode, gateway_account_id, id) WHERE (status = ANY (ARRAY['waiting'::text, 'parked'::text]));
CREATE INDEX idempotent_requests_by_age ON public.idempotent_requests USING btree (created_at);
CREATE INDEX jobs_dead ON public.jobs USING btree (merchant_id, mode, dead_at) WHERE (dead_at IS NOT NULL);
CREATE INDEX jobs_due ON public.jobs USING btree (merchant_id, mode, run_at) WHERE (dead_at IS NULL);
CREATE INDEX notes_of_payment ON public.notes USING btree (merchant_id, mode, payment_id, id);
CREATE INDEX payment_links_by_code ON public.payment_links USING btree (code);
CREATE INDEX payment_search_words ON public.payment_search USING gin (words gin_trgm_ops);
CREATE INDEX payments_by_customer ON public.payments USING btree (merchant_id, mode, customer_id, id) WHERE (customer_id IS NOT NULL);
CREATE INDEX payments_by_gateway_ref ON public.payments USING btree (merchant_id, mode, gateway_ref) WHERE (gateway_ref IS NOT NULL);
CREATE INDEX payments_by_rare_status ON public.payments USING btree (merchant_id, mode, status, id) WHERE (status <> 'succeeded'::text);
CREATE INDEX payments_by_reference ON public.payments USING btree (merchant_id, mode, lower(reference) text_pattern_ops);
CREATE INDEX payments_by_session ON public.payments USING btree (merchant_id, mode, session_id);
CREATE INDEX payments_by_shop ON public.payments USING btree (merchant_id, mode, shop_id, id);
CREATE INDEX payments_due ON public.payments USING btree (expires_at) WHERE (status = ANY (ARRAY['open'::text, 'processing'::text, 'failed'::text]));
CREATE INDEX payments_needing_action ON public.payments USING btree (merchant_id, mode, id) WHERE ((status = 'partially_paid'::text) OR ((captured)::bigint > (amount)::bigint) OR ((manual_open)::bigint > 0) OR ((disputed)::bigint > 0));
CREATE INDEX refunds_of_payment ON public.refunds USING btree (merchant_id, mode, payment_id, id);
CREATE UNIQUE INDEX shops_one_default ON public.shops USING btree (merchant_id) WHERE is_default;
CREATE INDEX sign_in_failures_recent ON public.sign_in_failures USING btree (subject, at);
CREATE INDEX sign_ins_by_token ON public.sign_ins USING btree (token_sha256);
CREATE UNIQUE INDEX transactions_by_gateway_ref ON public.transactions USING btree (merchant_id, mode, gateway_account_id, type, gateway_ref) WHERE (gateway_ref IS NOT NULL);
CREATE INDEX transactions_of_payment ON public.transactions USING btree (merchant_id, mode, payment_id, id);
CREATE UNIQUE INDEX transactions_one_open_charge ON public.transactions USING btree (merchant_id, mode, payment_id) WHERE ((type = 'charge'::text) AND (state = ANY (ARRAY['prepared'::text, 'dispatched'::text, 'pending'::text, 'unknown'::text])));
CREATE INDEX transactions_unsettled ON public.transactions USING btree (merchant_id, mode, id) WHERE (state = ANY (ARRAY['prepared'::text, 'dispatched'::text, 'action_required'::text, 'pending'::text, 'unknown'::text]));

-- privileges of florin_app and public
grant usage on schema public to florin_app;
grant usage on schema public to public;
grant insert, select, update on table api_keys to florin_app;
grant insert, select on table audit_entries to florin_app;
grant insert, select, update on table chain_heads to florin_app;
grant insert, select on table chain_links to florin_app;
grant insert, select, update on table checkout_sessions to florin_app;
grant insert, select, update on table customers to florin_app;
grant insert, select on table events to florin_app;
grant insert, select, update on table exports to florin_app;
grant insert, select, update on table gateway_accounts to florin_app;
grant insert, select, update on table gateway_events to florin_app;
grant delete, insert, select, update on table idempotent_requests to florin_app;
grant delete, insert, select, update on table jobs to florin_app;
grant insert, select, update on table members to florin_app;
grant insert, select, update on table merchants to florin_app;
grant insert, select on table notes to florin_app;
grant delete, insert, select on table outbox to florin_app;
grant insert, select, update on table payment_links to florin_app;
grant insert, select, update on table payment_methods to florin_app;
grant delete, insert, select, update on table payment_search to florin_app;
grant insert, select, update on table payments to florin_app;
grant insert, select, update on table refunds to florin_app;
grant select on table schema_migrations to florin_app;
grant insert, select, update on table shops to florin_app;
grant delete, insert, select, update on table sign_in_failures to florin_app;
grant delete, insert, select, update on table sign_ins to florin_app;
grant insert, select, update on table transactions to florin_app;
grant insert, select, update on table wallets to florin_app;
