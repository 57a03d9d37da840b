create table payments (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  id payment_id not null,
  shop_id shop_id not null,
  customer_id customer_id,
  purpose text not null check (purpose ~ '^[a-z][a-z_]{1,29}$'),
  purpose_ref text,
  source text not null check (source in ('api', 'link', 'checkout', 'dashboard', 'gateway')),
  status text not null check (status in ('open', 'processing', 'authorized', 'partially_paid',
    'succeeded', 'failed', 'canceled', 'expired')),
  currency currency_code not null,
  amount minor_units not null check (amount > 0),
  captured minor_units not null default 0,
  -- Our own refunds, wished for and not failed; guards against two refunds of the same money.
  refund_reserved minor_units not null default 0,
  -- Given back by the gateway on its own, outside what we asked for; may exceed what we think is
  -- left.
  refunded_outside minor_units not null default 0,
  -- All that was given back, ours and theirs.
  refunded minor_units not null default 0,
  disputed minor_units not null default 0,
  fee minor_units not null default 0,
  -- What the customer's wallet holds of it, before refunds; null where the purpose has no wallet.
  credited minor_units,
  -- Marked as paid by hand and not yet confirmed by the gateway's own fact.
  manual_open minor_units not null default 0,
  manual boolean not null default false,
  late boolean not null default false,
  reference text check (length(reference) between 1 and 200),
  description text check (length(description) <= 500),
  payer_name text check (length(payer_name) <= 200),
  payer_email text check (length(payer_email) <= 320),
  country text,
  gateway text,
  gateway_account_id gateway_account_id,
  method text,
  gateway_ref text,
  card_brand text,
  card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
  gateway_details jsonb not null default '{}',
  reason text,
  message text,
  session_id checkout_session_id,
  link_id payment_link_id,
  metadata jsonb not null default '{}',
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  processed_at timestamptz,
  expires_at timestamptz,
  version int not null default 1,
  primary key (merchant_id, mode, id),
  foreign key (merchant_id, shop_id) references shops (merchant_id, id),
  foreign key (merchant_id, mode, customer_id) references customers (merchant_id, mode, id),
  constraint refunds_within_captured check (refund_reserved <= captured),
  constraint manual_within_captured check (manual_open <= captured)
);
create index payments_by_shop on payments (merchant_id, mode, shop_id, id);
create index payments_by_customer on payments (merchant_id, mode, customer_id, id)
  where customer_id is not null;
create index payments_by_reference
  on payments (merchant_id, mode, lower(reference) text_pattern_ops);
create index payments_by_gateway_ref on payments (merchant_id, mode, gateway_ref)
  where gateway_ref is not null;
create index payments_by_rare_status on payments (merchant_id, mode, status, id)
  where status <> 'succeeded';
create index payments_needing_action on payments (merchant_id, mode, id)
  where status = 'partially_paid' or captured > amount or manual_open > 0 or disputed > 0;
create index payments_by_session on payments (merchant_id, mode, session_id);
create index payments_due on payments (expires_at) where status = 'open';

create table transactions (
  merchant_id text not null,
  mode payment_mode not null,
  id transaction_id not null,
  payment_id payment_id not null,
  type text not null check (type in ('charge', 'refund', 'chargeback')),
  state text not null check (state in ('prepared', 'dispatched', 'action_required', 'pending',
    'unknown', 'approved', 'rejected')),
  currency currency_code not null,
  amount minor_units not null check (amount > 0),
  -- What the gateway says it took (charge) or gave back (refund).
  approved minor_units not null default 0,
  -- The part of a charge marked as paid by hand that the gateway's own fact has since confirmed.
  cleared minor_units not null default 0 check (cleared <= approved),
  -- Of a refund: the charge it gives back from.
  charge_id transaction_id,
  fee minor_units not null default 0,
  gateway_account_id gateway_account_id,
  gateway text,
  gateway_ref text,
  method text,
  manual boolean not null default false,
  redirect_url text,
  -- The exact request, frozen before it is sent, so that a repeat is the same bytes.
  request_path text,
  request_body text,
  request_sha256 bytea,
  attempts int not null default 0,
  first_sent_at timestamptz,
  resend_until timestamptz,
  quarantine_until timestamptz,
  not_found_at timestamptz,
  reason text,
  message text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  foreign key (merchant_id, mode, payment_id) references payments (merchant_id, mode, id),
  foreign key (merchant_id, mode, gateway_account_id)
    references gateway_accounts (merchant_id, mode, id)
);
create index transactions_of_payment on transactions (merchant_id, mode, payment_id, id);
create unique index transactions_by_gateway_ref
  on transactions (merchant_id, mode, gateway_account_id, type, gateway_ref)
  where gateway_ref is not null;
-- Only one charge of a payment may be on its way to a gateway: a second tab or a double click meets
-- this index. What waits at the gateway is its fact, and a fact is never refused.
create unique index transactions_one_open_charge on transactions (merchant_id, mode, payment_id)
  where type = 'charge' and state in ('prepared', 'dispatched', 'unknown');
create index transactions_unsettled on transactions (merchant_id, mode, id)
  where state in ('prepared', 'dispatched', 'action_required', 'pending', 'unknown');

create table refunds (
  merchant_id text not null,
  mode payment_mode not null,
  id refund_id not null,
  payment_id payment_id not null,
  transaction_id transaction_id,
  status text not null check (status in ('requested', 'awaiting_approval', 'sending', 'unknown',
    'succeeded', 'failed')),
  currency currency_code not null,
  amount minor_units not null check (amount > 0),
  reason text not null,
  message text,
  source text not null check (source in ('dashboard', 'api', 'gateway')),
  gateway text,
  gateway_ref text,
  created_by_kind text not null,
  created_by_id text,
  created_by_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version int not null default 1,
  primary key (merchant_id, mode, id),
  foreign key (merchant_id, mode, payment_id) references payments (merchant_id, mode, id),
  foreign key (merchant_id, mode, transaction_id) references transactions (merchant_id, mode, id)
);
create index refunds_of_payment on refunds (merchant_id, mode, payment_id, id);

create table notes (
  merchant_id text not null,
  mode payment_mode not null,
  id note_id not null,
  payment_id payment_id not null,
  text text not null check (length(text) between 1 and 4000),
  member_id text,
  author text,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  foreign key (merchant_id, mode, payment_id) references payments (merchant_id, mode, id)
);
create index notes_of_payment on notes (merchant_id, mode, payment_id, id);

grant select, insert, update on payments, transactions, refunds to florin_app;
grant select, insert on notes to florin_app;
