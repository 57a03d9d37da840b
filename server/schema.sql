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

-- sequences
create sequence ledger_transfers_seq_seq as bigint increment 1;

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

create table ledger_accounts (
  merchant_id text not null,
  mode payment_mode not null,
  id ledger_account_id not null,
  kind text not null,
  owner text collate "C" not null,
  currency currency_code not null,
  normal_side text not null,
  may_overdraw boolean not null,
  live boolean not null,
  debits_posted minor_units not null default 0,
  credits_posted minor_units not null default 0,
  debits_pending minor_units not null default 0,
  credits_pending minor_units not null default 0,
  created_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  constraint ledger_accounts_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint account_currency_once UNIQUE (merchant_id, mode, id, currency),
  constraint flags_are_the_charts FOREIGN KEY (kind, normal_side, may_overdraw, live) REFERENCES ledger_chart(kind, normal_side, may_overdraw, live),
  constraint ledger_accounts_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint ledger_accounts_merchant_id_mode_kind_owner_currency_key UNIQUE (merchant_id, mode, kind, owner, currency),
  constraint ledger_accounts_owner_check CHECK ((length(owner) <= 64)),
  constraint no_overdraft CHECK ((may_overdraw OR (((debits_posted)::bigint + (debits_pending)::bigint) <= (credits_posted)::bigint))),
  constraint only_live_accounts_count CHECK ((live OR (((debits_posted)::bigint = 0) AND ((credits_posted)::bigint = 0) AND ((debits_pending)::bigint = 0) AND ((credits_pending)::bigint = 0))))
) with (fillfactor=50);

create table ledger_chart (
  kind text not null,
  normal_side text not null,
  may_overdraw boolean not null,
  live boolean not null,
  constraint ledger_chart_pkey PRIMARY KEY (kind),
  constraint chart_flags_once UNIQUE (kind, normal_side, may_overdraw, live),
  constraint guarded_accounts_are_live_credits CHECK ((may_overdraw OR (live AND (normal_side = 'credit'::text)))),
  constraint ledger_chart_kind_check CHECK ((kind ~ '^[a-z][a-z_]{1,29}$'::text)),
  constraint ledger_chart_normal_side_check CHECK ((normal_side = ANY (ARRAY['debit'::text, 'credit'::text])))
);

create table ledger_checkpoints (
  merchant_id text not null,
  mode payment_mode not null,
  account_id ledger_account_id not null,
  seq bigint not null,
  debits_posted minor_units not null,
  credits_posted minor_units not null,
  debits_pending minor_units not null,
  credits_pending minor_units not null,
  moved_at timestamp with time zone not null default now(),
  constraint ledger_checkpoints_pkey PRIMARY KEY (merchant_id, mode, account_id),
  constraint ledger_checkpoints_merchant_id_mode_account_id_fkey FOREIGN KEY (merchant_id, mode, account_id) REFERENCES ledger_accounts(merchant_id, mode, id)
);

create table ledger_fences (
  merchant_id text not null,
  mode payment_mode not null,
  seq bigint not null,
  xact xid8 not null,
  constraint ledger_fences_pkey PRIMARY KEY (merchant_id, mode),
  constraint ledger_fences_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id)
);

create table ledger_halts (
  merchant_id text not null,
  mode payment_mode not null,
  halted_at timestamp with time zone not null default clock_timestamp(),
  reason text not null,
  released_at timestamp with time zone,
  note text,
  constraint ledger_halts_pkey PRIMARY KEY (merchant_id, mode, halted_at),
  constraint ledger_halts_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id),
  constraint ledger_halts_note_check CHECK (((length(note) >= 3) AND (length(note) <= 2000))),
  constraint ledger_halts_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
  constraint released_with_a_note CHECK (((released_at IS NULL) = (note IS NULL)))
);

create table ledger_transfers (
  merchant_id text not null,
  mode payment_mode not null,
  id transfer_id not null,
  seq bigint not null generated always as identity,
  debit_account_id ledger_account_id not null,
  credit_account_id ledger_account_id not null,
  amount minor_units not null,
  currency currency_code not null,
  state text not null,
  pending_id transfer_id,
  source_kind text not null,
  source_id text collate "C" not null,
  leg integer not null,
  payment_id payment_id,
  created_at timestamp with time zone not null default now(),
  constraint ledger_transfers_pkey PRIMARY KEY (merchant_id, mode, id),
  constraint credit_in_currency FOREIGN KEY (merchant_id, mode, credit_account_id, currency) REFERENCES ledger_accounts(merchant_id, mode, id, currency),
  constraint debit_in_currency FOREIGN KEY (merchant_id, mode, debit_account_id, currency) REFERENCES ledger_accounts(merchant_id, mode, id, currency),
  constraint ledger_transfers_amount_check CHECK (((amount)::bigint > 0)),
  constraint ledger_transfers_leg_check CHECK ((leg >= 0)),
  constraint ledger_transfers_source_id_check CHECK (((length(source_id) >= 1) AND (length(source_id) <= 200))),
  constraint ledger_transfers_source_kind_check CHECK ((source_kind ~ '^[a-z][a-z_]{1,29}$'::text)),
  constraint ledger_transfers_state_check CHECK ((state = ANY (ARRAY['posted'::text, 'pending'::text, 'post'::text, 'void'::text]))),
  constraint settlements_name_their_pending CHECK (((state = ANY (ARRAY['post'::text, 'void'::text])) = (pending_id IS NOT NULL))),
  constraint settles_a_transfer FOREIGN KEY (merchant_id, mode, pending_id) REFERENCES ledger_transfers(merchant_id, mode, id),
  constraint two_accounts CHECK (((debit_account_id)::text <> (credit_account_id)::text))
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
  refunded_outside minor_units not null default 0,
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
  constraint refunds_within_captured CHECK (((refund_reserved)::bigint <= (captured)::bigint))
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
  fee minor_units not null default 0,
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
CREATE UNIQUE INDEX one_open_halt ON public.ledger_halts USING btree (merchant_id, mode) WHERE (released_at IS NULL);
CREATE UNIQUE INDEX posted_once ON public.ledger_transfers USING btree (merchant_id, mode, source_kind, source_id, leg) WHERE (pending_id IS NULL);
CREATE UNIQUE INDEX settled_once ON public.ledger_transfers USING btree (merchant_id, mode, pending_id) WHERE (pending_id IS NOT NULL);
CREATE INDEX transfers_by_credit ON public.ledger_transfers USING btree (credit_account_id, seq);
CREATE INDEX transfers_by_debit ON public.ledger_transfers USING btree (debit_account_id, seq);
CREATE INDEX transfers_of_payment ON public.ledger_transfers USING btree (payment_id, seq) WHERE (payment_id IS NOT NULL);
CREATE INDEX notes_of_payment ON public.notes USING btree (merchant_id, mode, payment_id, id);
CREATE INDEX payment_links_by_code ON public.payment_links USING btree (code);
CREATE INDEX payment_search_words ON public.payment_search USING gin (words gin_trgm_ops);
CREATE INDEX payments_by_customer ON public.payments USING btree (merchant_id, mode, customer_id, id) WHERE (customer_id IS NOT NULL);
CREATE INDEX payments_by_gateway_ref ON public.payments USING btree (merchant_id, mode, gateway_ref) WHERE (gateway_ref IS NOT NULL);
CREATE INDEX payments_by_rare_status ON public.payments USING btree (merchant_id, mode, status, id) WHERE (status <> 'succeeded'::text);
CREATE INDEX payments_by_reference ON public.payments USING btree (merchant_id, mode, lower(reference) text_pattern_ops);
CREATE INDEX payments_by_session ON public.payments USING btree (merchant_id, mode, session_id);
CREATE INDEX payments_by_shop ON public.payments USING btree (merchant_id, mode, shop_id, id);
CREATE INDEX payments_due ON public.payments USING btree (expires_at) WHERE (status = 'open'::text);
CREATE INDEX payments_needing_action ON public.payments USING btree (merchant_id, mode, id) WHERE ((status = 'partially_paid'::text) OR ((captured)::bigint > (amount)::bigint) OR ((manual_open)::bigint > 0) OR ((disputed)::bigint > 0));
CREATE INDEX refunds_of_payment ON public.refunds USING btree (merchant_id, mode, payment_id, id);
CREATE UNIQUE INDEX shops_one_default ON public.shops USING btree (merchant_id) WHERE is_default;
CREATE INDEX sign_in_failures_recent ON public.sign_in_failures USING btree (subject, at);
CREATE INDEX sign_ins_by_token ON public.sign_ins USING btree (token_sha256);
CREATE UNIQUE INDEX transactions_by_gateway_ref ON public.transactions USING btree (merchant_id, mode, gateway_account_id, type, gateway_ref) WHERE (gateway_ref IS NOT NULL);
CREATE INDEX transactions_of_payment ON public.transactions USING btree (merchant_id, mode, payment_id, id);
CREATE UNIQUE INDEX transactions_one_open_charge ON public.transactions USING btree (merchant_id, mode, payment_id) WHERE ((type = 'charge'::text) AND (state = ANY (ARRAY['prepared'::text, 'dispatched'::text, 'unknown'::text])));
CREATE INDEX transactions_unsettled ON public.transactions USING btree (merchant_id, mode, id) WHERE (state = ANY (ARRAY['prepared'::text, 'dispatched'::text, 'action_required'::text, 'pending'::text, 'unknown'::text]));

-- functions
CREATE OR REPLACE FUNCTION public.ledger_checkpoint(p_merchant_id text, p_mode text, p_step bigint DEFAULT 500000)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  fence ledger_fences;
  next_seq bigint := coalesce(
    pg_sequence_last_value(pg_get_serial_sequence('public.ledger_transfers', 'seq')::regclass), 0);
  next_xact xid8;
  moved int := 0;
begin
  -- Read before this transaction takes a number, the sequence says what older numbers were given;
  -- with a number taken before, the fence would be too early.
  if pg_current_xact_id_if_assigned() is not null then
    raise exception 'a checkpoint moves in a transaction of its own' using errcode = 'FL001';
  end if;
  next_xact := pg_current_xact_id();
  insert into ledger_fences values (p_merchant_id, p_mode, least(next_seq, p_step), next_xact)
    on conflict do nothing;
  select * into fence from ledger_fences
    where merchant_id = p_merchant_id and mode = p_mode for update skip locked;
  if not found then
    return 0;
  end if;
  -- A number from the future comes from another server (a restored dump): that fence means nothing.
  if fence.xact < pg_snapshot_xmin(pg_current_snapshot()) then
    insert into ledger_checkpoints as k (merchant_id, mode, account_id, seq, debits_posted,
      credits_posted, debits_pending, credits_pending)
    select p_merchant_id, p_mode, a.id, fence.seq, coalesce(c.debits_posted, 0) + t.debits_posted,
      coalesce(c.credits_posted, 0) + t.credits_posted,
      coalesce(c.debits_pending, 0) + t.debits_pending,
      coalesce(c.credits_pending, 0) + t.credits_pending
    from ledger_accounts a
    left join ledger_checkpoints c on c.merchant_id = a.merchant_id and c.mode = a.mode
      and c.account_id = a.id
    cross join lateral ledger_sums(a.merchant_id, a.mode, a.id, coalesce(c.seq, 0), fence.seq) t
    where a.merchant_id = p_merchant_id and a.mode = p_mode and not a.live and t.transfers > 0
    on conflict (merchant_id, mode, account_id) do update set seq = excluded.seq,
      debits_posted = excluded.debits_posted, credits_posted = excluded.credits_posted,
      debits_pending = excluded.debits_pending, credits_pending = excluded.credits_pending,
      moved_at = now();
    get diagnostics moved = row_count;
  elsif fence.xact < pg_snapshot_xmax(pg_current_snapshot()) then
    return 0;
  else
    next_seq := fence.seq;
  end if;
  update ledger_fences set seq = least(next_seq, fence.seq + p_step), xact = next_xact
    where merchant_id = p_merchant_id and mode = p_mode;
  return moved;
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_close(p_merchant_id text, p_mode text, p_kind text, p_owner text, p_currency text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  a ledger_accounts;
begin
  select * into a from ledger_accounts
    where merchant_id = p_merchant_id and mode = p_mode and kind = p_kind and owner = p_owner
      and currency = p_currency and live
    for no key update;
  if not found then
    return 'not_found';
  elsif a.debits_posted <> a.credits_posted or a.debits_pending + a.credits_pending > 0 then
    return 'not_empty';
  end if;
  update ledger_accounts set closed_at = coalesce(closed_at, now())
    where merchant_id = p_merchant_id and mode = p_mode and id = a.id;
  return 'closed';
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_decide(p_groups integer[], p_debits text[], p_credits text[], p_amounts bigint[], p_pending boolean[], p_source_kinds text[], p_source_ids text[], p_legs integer[], p_existing text[], p_closed text[], p_guarded text[], p_rooms bigint[], OUT codes text[], OUT rooms_left bigint[])
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  room bigint[] := p_rooms;
  room_before bigint[];
  -- Per source: the place of the first transfer of the group that posts it in this call, or 0.
  holder int[];
  sources int[];
  accepted int[];
  failed boolean;
  at_group int;
  first int;
  t record;
begin
  codes := array_fill(null::text, array[cardinality(p_groups)]);
  rooms_left := array_fill(null::bigint, array[cardinality(p_groups)]);
  holder := array_fill(0, array[cardinality(p_groups)]);
  for t in
    select x.ord::int, x.grp, x.amount, x.pending, x.existing is not null as exists_already,
      dense_rank() over (order by x.source_kind, x.source_id, x.leg)::int as source,
      array_position(p_guarded, x.debit) as debit_slot,
      array_position(p_guarded, x.credit) as credit_slot,
      x.debit = any (p_closed) or x.credit = any (p_closed) as closed
    from unnest(p_groups, p_debits, p_credits, p_amounts, p_pending, p_source_kinds, p_source_ids,
        p_legs, p_existing) with ordinality
      as x (grp, debit, credit, amount, pending, source_kind, source_id, leg, existing, ord)
    order by x.ord
  loop
    if at_group is distinct from t.grp then
      at_group := t.grp;
      first := t.ord;
      failed := false;
      room_before := room;
      sources := '{}';
      accepted := '{}';
    end if;
    if t.exists_already or holder[t.source] not in (0, first) then
      continue;
    elsif failed then
      codes[t.ord] := 'group_refused';
    elsif holder[t.source] = first then
      accepted := accepted || t.ord;
      sources := sources || t.source;
    elsif t.closed or room[t.debit_slot] < t.amount then
      codes[t.ord] := case when t.closed then 'account_closed' else 'overdraft' end;
      rooms_left[t.ord] := case when t.closed then null else room[t.debit_slot] end;
      failed := true;
      room := room_before;
      for i in 1 .. cardinality(accepted) loop
        codes[accepted[i]] := 'group_refused';
        holder[sources[i]] := 0;
      end loop;
    else
      accepted := accepted || t.ord;
      sources := sources || t.source;
      holder[t.source] := first;
      if t.debit_slot is not null then
        room[t.debit_slot] := room[t.debit_slot] - t.amount;
      end if;
      if t.credit_slot is not null and not t.pending then
        room[t.credit_slot] := room[t.credit_slot] + t.amount;
      end if;
    end if;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_halt(p_merchant_id text, p_mode text, p_reason text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into ledger_halts (merchant_id, mode, reason) values (p_merchant_id, p_mode, p_reason)
  on conflict (merchant_id, mode) where released_at is null do nothing
$function$;

CREATE OR REPLACE FUNCTION public.ledger_open(p_merchant_id text, p_mode text, p_kinds text[], p_owners text[], p_currencies text[])
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into ledger_accounts (merchant_id, mode, id, kind, owner, currency, normal_side,
    may_overdraw, live)
  select p_merchant_id, p_mode, typeid('lac'), n.kind, n.owner, n.currency, c.normal_side,
    c.may_overdraw, c.live
  from (select distinct kind, owner collate "C" as owner, currency
        from unnest(p_kinds, p_owners, p_currencies) t (kind, owner, currency)) n
  join ledger_chart c on c.kind = n.kind
  where not exists (select from ledger_accounts a where a.merchant_id = p_merchant_id
    and a.mode = p_mode and a.kind = n.kind and a.owner = n.owner and a.currency = n.currency)
  order by n.kind, n.owner, n.currency
  on conflict do nothing
$function$;

CREATE OR REPLACE FUNCTION public.ledger_post(p_merchant_id text, p_mode text, p_ids text[], p_groups integer[], p_debit_kinds text[], p_debit_owners text[], p_credit_kinds text[], p_credit_owners text[], p_amounts bigint[], p_currencies text[], p_source_kinds text[], p_source_ids text[], p_legs integer[], p_payment_ids text[], p_pending boolean[], p_at timestamp with time zone[] DEFAULT NULL::timestamp with time zone[])
 RETURNS TABLE(outcome text, code text, transfer_id text, available bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  debits text[];
  credits text[];
  guarded text[];
  rooms bigint[];
  closed text[];
  existing text[];
  codes text[];
  rooms_left bigint[];
  posted text[];
  tight boolean;
  differs boolean;
begin
  -- A checkpoint waits for older transactions to end; from here on this one is seen to be running.
  perform pg_current_xact_id();
  for attempt in 1 .. 2 loop
    select array_agg(d.id order by t.ord), array_agg(c.id order by t.ord),
      array_agg(d.id) filter (where d.closed_at is not null)
        || array_agg(c.id) filter (where c.closed_at is not null)
      into debits, credits, closed
    from unnest(p_debit_kinds, p_debit_owners, p_credit_kinds, p_credit_owners, p_currencies)
      with ordinality as t (debit_kind, debit_owner, credit_kind, credit_owner, currency, ord)
    left join ledger_accounts d on d.merchant_id = p_merchant_id and d.mode = p_mode
      and d.kind = t.debit_kind and d.owner = t.debit_owner and d.currency = t.currency
    left join ledger_accounts c on c.merchant_id = p_merchant_id and c.mode = p_mode
      and c.kind = t.credit_kind and c.owner = t.credit_owner and c.currency = t.currency;
    exit when array_position(debits || credits, null) is null;
    if attempt = 2 then
      raise exception 'an account kind is not in the chart' using errcode = 'FL001';
    end if;
    perform ledger_open(p_merchant_id, p_mode, p_debit_kinds || p_credit_kinds,
      p_debit_owners || p_credit_owners, p_currencies || p_currencies);
  end loop;

  -- In id order, so that two batches wait for each other in one direction only. Taken as a whole,
  -- even if every source were new, the batch mostly fits; `tight` says that it does not.
  with wanted as (
    select w.account_id, sum(w.debit) as debit
    from (select t.account_id, t.amount as debit from unnest(debits, p_amounts)
        as t (account_id, amount)
      union all select t.account_id, 0 from unnest(credits) as t (account_id)) w
    group by w.account_id),
  locked as (
    select a.id, a.may_overdraw, a.closed_at, w.debit,
      a.credits_posted - a.debits_posted - a.debits_pending as room
    from wanted w join ledger_accounts a on a.merchant_id = p_merchant_id and a.mode = p_mode
      and a.id = w.account_id
    where a.live order by a.id for no key update of a)
  select array_agg(l.id order by l.id) filter (where not l.may_overdraw),
      array_agg(l.room order by l.id) filter (where not l.may_overdraw),
      closed || array_agg(l.id) filter (where l.closed_at is not null),
      bool_or(not l.may_overdraw and l.debit > l.room)
    into guarded, rooms, closed, tight
  from locked l;

  if tight or closed is not null then
    -- A statement of its own, so that it sees what committed while we waited for the locks.
    select array_agg(x.id order by t.ord) into existing
    from unnest(p_source_kinds, p_source_ids, p_legs) with ordinality
      as t (source_kind, source_id, leg, ord)
    left join ledger_transfers x on x.merchant_id = p_merchant_id and x.mode = p_mode
      and x.source_kind = t.source_kind and x.source_id = t.source_id and x.leg = t.leg
      and x.pending_id is null;
    select d.codes, d.rooms_left into codes, rooms_left
    from ledger_decide(p_groups, debits, credits, p_amounts, p_pending, p_source_kinds,
      p_source_ids, p_legs, existing, closed, guarded, rooms) d;
  end if;

  with fresh as (
    insert into ledger_transfers as f (merchant_id, mode, id, debit_account_id, credit_account_id,
      amount, currency, state, source_kind, source_id, leg, payment_id, created_at)
    select p_merchant_id, p_mode, t.id, t.debit, t.credit, t.amount, t.currency,
      case when t.pending then 'pending' else 'posted' end, t.source_kind, t.source_id, t.leg,
      t.payment_id, least(coalesce(t.at, now()), now())
    from unnest(p_ids, debits, credits, p_amounts, p_currencies, p_pending, p_source_kinds,
        p_source_ids, p_legs, p_payment_ids, existing, codes, p_at) with ordinality
      as t (id, debit, credit, amount, currency, pending, source_kind, source_id, leg, payment_id,
        existing, code, at, ord)
    where t.existing is null and t.code is null
    order by t.source_kind, t.source_id, t.leg, t.ord
    on conflict do nothing
    returning f.id, f.debit_account_id, f.credit_account_id, f.amount, f.state = 'pending' as held),
  effect as (
    select e.account_id, sum(e.debit) filter (where not e.held) as debits_posted,
      sum(e.credit) filter (where not e.held) as credits_posted,
      sum(e.debit) filter (where e.held) as debits_pending,
      sum(e.credit) filter (where e.held) as credits_pending
    from (select f.debit_account_id as account_id, f.amount as debit, 0 as credit, f.held
      from fresh f
      union all select f.credit_account_id, 0, f.amount, f.held from fresh f) e
    group by e.account_id),
  moved as (
    update ledger_accounts a set
      debits_posted = a.debits_posted + coalesce(e.debits_posted, 0),
      credits_posted = a.credits_posted + coalesce(e.credits_posted, 0),
      debits_pending = a.debits_pending + coalesce(e.debits_pending, 0),
      credits_pending = a.credits_pending + coalesce(e.credits_pending, 0)
    from effect e where a.merchant_id = p_merchant_id and a.mode = p_mode and a.id = e.account_id
      and a.live)
  select coalesce(array_agg(f.id), '{}') into posted from fresh f;

  if cardinality(posted) = cardinality(p_ids) then
    return query select 'posted', null::text, t.id, null::bigint
      from unnest(p_ids) with ordinality as t (id, ord) order by t.ord;
    return;
  end if;
  -- A row that was neither posted nor refused is there already: since before, since a moment ago in
  -- another transaction, or since earlier in this very array.
  select array_agg(x.id order by t.ord), bool_or(t.code is null and
      (x.debit_account_id, x.credit_account_id, x.amount, x.state = 'pending')
        is distinct from (t.debit, t.credit, t.amount, t.pending))
    into existing, differs
  from unnest(p_source_kinds, p_source_ids, p_legs, debits, credits, p_amounts, p_pending, codes)
    with ordinality as t (source_kind, source_id, leg, debit, credit, amount, pending, code, ord)
  left join ledger_transfers x on x.merchant_id = p_merchant_id and x.mode = p_mode
    and x.source_kind = t.source_kind and x.source_id = t.source_id and x.leg = t.leg
    and x.pending_id is null;
  if differs then
    raise exception 'a source or id was used before for another transfer' using errcode = 'FL001';
  end if;
  return query
    select case when t.code is not null then 'refused'
        when t.id = any (posted) then 'posted' else 'already' end,
      t.code, coalesce(case when t.code is null then t.existing end, t.id), t.room
    from unnest(p_ids, existing, codes, rooms_left) with ordinality
      as t (id, existing, code, room, ord)
    order by t.ord;
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_release(p_merchant_id text, p_mode text, p_note text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update ledger_halts set released_at = clock_timestamp(), note = p_note
  where merchant_id = p_merchant_id and mode = p_mode and released_at is null
$function$;

CREATE OR REPLACE FUNCTION public.ledger_settle(p_merchant_id text, p_mode text, p_ids text[], p_pending_ids text[], p_source_kinds text[], p_source_ids text[], p_legs integer[], p_outcomes text[], p_at timestamp with time zone[] DEFAULT NULL::timestamp with time zone[])
 RETURNS TABLE(outcome text, code text, transfer_id text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  held text[];
  settled text[];
begin
  perform pg_current_xact_id();
  select array_agg(x.id order by t.ord) into held
  from unnest(p_pending_ids, p_source_kinds, p_source_ids, p_legs) with ordinality
    as t (pending_id, source_kind, source_id, leg, ord)
  left join ledger_transfers x on x.merchant_id = p_merchant_id and x.mode = p_mode
    and x.source_kind = t.source_kind and x.source_id = t.source_id and x.leg = t.leg
    and x.pending_id is null and x.state = 'pending' and x.id = coalesce(t.pending_id, x.id);

  perform from (
      select x.debit_account_id as id from ledger_transfers x
      where x.merchant_id = p_merchant_id and x.mode = p_mode and x.id = any (held)
      union select x.credit_account_id from ledger_transfers x
      where x.merchant_id = p_merchant_id and x.mode = p_mode and x.id = any (held)) t
    join ledger_accounts a on a.merchant_id = p_merchant_id and a.mode = p_mode and a.id = t.id
    where a.live order by a.id for no key update of a;

  with fresh as (
    insert into ledger_transfers as f (merchant_id, mode, id, debit_account_id, credit_account_id,
      amount, currency, state, pending_id, source_kind, source_id, leg, payment_id, created_at)
    select p_merchant_id, p_mode, t.id, x.debit_account_id, x.credit_account_id, x.amount,
      x.currency, t.outcome, x.id, x.source_kind, x.source_id, x.leg, x.payment_id,
      least(coalesce(t.at, now()), now())
    from unnest(p_ids, held, p_outcomes, p_at) with ordinality as t (id, held, outcome, at, ord)
    join ledger_transfers x on x.merchant_id = p_merchant_id and x.mode = p_mode and x.id = t.held
    order by x.id, t.ord
    on conflict do nothing
    returning f.id, f.debit_account_id, f.credit_account_id, f.amount, f.state),
  effect as (
    select e.account_id, sum(e.debit) as debits, sum(e.credit) as credits,
      coalesce(sum(e.debit) filter (where e.state = 'post'), 0) as debits_posted,
      coalesce(sum(e.credit) filter (where e.state = 'post'), 0) as credits_posted
    from (select f.debit_account_id as account_id, f.amount as debit, 0 as credit, f.state
      from fresh f
      union all select f.credit_account_id, 0, f.amount, f.state from fresh f) e
    group by e.account_id),
  moved as (
    update ledger_accounts a set
      debits_posted = a.debits_posted + e.debits_posted,
      credits_posted = a.credits_posted + e.credits_posted,
      debits_pending = a.debits_pending - e.debits,
      credits_pending = a.credits_pending - e.credits
    from effect e where a.merchant_id = p_merchant_id and a.mode = p_mode and a.id = e.account_id
      and a.live)
  select coalesce(array_agg(f.id), '{}') into settled from fresh f;

  if exists (select from unnest(p_ids, held) as t (id, held) where t.held is not null
    and t.id <> all (settled) and not exists (select from ledger_transfers s
      where s.merchant_id = p_merchant_id and s.mode = p_mode and s.pending_id = t.held))
  then
    raise exception 'a transfer id was used before' using errcode = 'FL001';
  end if;
  return query
    select case when t.held is null then 'refused' when t.id = any (settled) then 'settled'
        when s.state = t.outcome then 'already' else 'refused' end,
      case when t.held is null then 'pending_not_found'
        when not t.id = any (settled) and s.state <> t.outcome then 'settled_otherwise' end,
      t.held
    from unnest(p_ids, held, p_outcomes) with ordinality as t (id, held, outcome, ord)
    left join ledger_transfers s on s.merchant_id = p_merchant_id and s.mode = p_mode
      and s.pending_id = t.held
    order by t.ord;
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_sums(p_merchant_id text, p_mode text, p_account_id text, p_after bigint, p_until bigint)
 RETURNS TABLE(transfers bigint, debits_posted numeric, credits_posted numeric, debits_pending numeric, credits_pending numeric)
 LANGUAGE sql
 STABLE
AS $function$
  select count(*), coalesce(sum(s.debit) filter (where s.state in ('posted', 'post')), 0),
    coalesce(sum(s.credit) filter (where s.state in ('posted', 'post')), 0),
    coalesce(sum(case when s.state = 'pending' then s.debit else -s.debit end)
      filter (where s.state <> 'posted'), 0),
    coalesce(sum(case when s.state = 'pending' then s.credit else -s.credit end)
      filter (where s.state <> 'posted'), 0)
  from (
    select d.state, d.amount::bigint as debit, 0::bigint as credit from ledger_transfers d
    where d.merchant_id = p_merchant_id and d.mode = p_mode and d.debit_account_id = p_account_id
      and d.seq > p_after and d.seq <= p_until
    union all
    select c.state, 0, c.amount from ledger_transfers c
    where c.merchant_id = p_merchant_id and c.mode = p_mode and c.credit_account_id = p_account_id
      and c.seq > p_after and c.seq <= p_until) s
$function$;

CREATE OR REPLACE FUNCTION public.typeid(prefix text)
 RETURNS text
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select prefix || '_' || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz',
      1 + substring(B'00' || u.bits from 1 + 5 * i for 5)::bit(5)::int, 1), '' order by i)
  from (select ('x'
      || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
      || substr(replace(gen_random_uuid()::text, '-', ''), 14))::bit(128) as bits) u,
    generate_series(0, 25) i
$function$;


-- privileges of florin_app and public
grant execute on function ledger_checkpoint(text,text,bigint) to florin_app;
grant execute on function ledger_close(text,text,text,text,text) to florin_app;
grant execute on function ledger_halt(text,text,text) to florin_app;
grant execute on function ledger_post(text,text,text[],integer[],text[],text[],text[],text[],bigint[],text[],text[],text[],integer[],text[],boolean[],timestamp with time zone[]) to florin_app;
grant execute on function ledger_release(text,text,text) to florin_app;
grant execute on function ledger_settle(text,text,text[],text[],text[],text[],integer[],text[],timestamp with time zone[]) to florin_app;
grant execute on function ledger_sums(text,text,text,bigint,bigint) to florin_app;
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
grant select on table ledger_accounts to florin_app;
grant select on table ledger_chart to florin_app;
grant select on table ledger_checkpoints to florin_app;
grant select on table ledger_fences to florin_app;
grant select on table ledger_halts to florin_app;
grant select on table ledger_transfers to florin_app;
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
