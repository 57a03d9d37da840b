-- The chart of accounts: which side a kind grows on, whether it may go below zero, and whether its
-- counters are kept live. Accounts that every payment touches keep none: their balance is a
-- checkpoint plus the tail, so that no two payments wait for each other there.
create table ledger_chart (
  kind text primary key check (kind ~ '^[a-z][a-z_]{1,29}$'),
  normal_side text not null check (normal_side in ('debit', 'credit')),
  may_overdraw boolean not null,
  live boolean not null,
  constraint chart_flags_once unique (kind, normal_side, may_overdraw, live),
  constraint guarded_accounts_are_live_credits
    check (may_overdraw or (live and normal_side = 'credit'))
);
insert into ledger_chart (kind, normal_side, may_overdraw, live) values
  ('gateway_clearing', 'debit', true, false),
  ('bank', 'debit', true, false),
  ('customer_wallet', 'credit', false, true),
  ('unmatched_deposits', 'credit', false, true),
  ('withdrawals_pending', 'credit', false, true),
  ('gateway_fees', 'debit', true, false),
  ('voucher_cost', 'debit', true, false),
  ('sales', 'credit', true, false),
  ('fee_income', 'credit', true, false),
  ('dispute_holds', 'debit', true, false),
  ('receivable', 'debit', true, true),
  ('suspense', 'debit', true, false),
  ('fx_clearing', 'debit', true, false);

-- A place value can be. `owner` is '' for one of the whole merchant, else the id of whose it is.
create table ledger_accounts (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  id ledger_account_id not null,
  kind text not null,
  owner text collate "C" not null check (length(owner) <= 64),
  currency currency_code not null,
  normal_side text not null,
  may_overdraw boolean not null,
  live boolean not null,
  debits_posted minor_units not null default 0,
  credits_posted minor_units not null default 0,
  debits_pending minor_units not null default 0,
  credits_pending minor_units not null default 0,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (merchant_id, mode, id),
  unique (merchant_id, mode, kind, owner, currency),
  constraint account_currency_once unique (merchant_id, mode, id, currency),
  constraint flags_are_the_charts foreign key (kind, normal_side, may_overdraw, live)
    references ledger_chart (kind, normal_side, may_overdraw, live),
  constraint no_overdraft check (may_overdraw or debits_posted + debits_pending <= credits_posted),
  constraint only_live_accounts_count check (live or
    (debits_posted = 0 and credits_posted = 0 and debits_pending = 0 and credits_pending = 0))
) with (fillfactor = 50);

-- One debit and one credit of one amount. Never changed: a pending transfer is settled by a second
-- row, `post` or `void`, that names it. The foreign keys make merchant, mode and currency of a
-- transfer those of both its accounts.
create table ledger_transfers (
  merchant_id text not null,
  mode payment_mode not null,
  id transfer_id not null,
  -- Given out while the accounts are locked: the order in which a live account saw its transfers.
  seq bigint not null generated always as identity,
  debit_account_id ledger_account_id not null,
  credit_account_id ledger_account_id not null,
  amount minor_units not null check (amount > 0),
  currency currency_code not null,
  state text not null check (state in ('posted', 'pending', 'post', 'void')),
  pending_id transfer_id,
  source_kind text not null check (source_kind ~ '^[a-z][a-z_]{1,29}$'),
  source_id text collate "C" not null check (length(source_id) between 1 and 200),
  leg int not null check (leg >= 0),
  payment_id payment_id,
  created_at timestamptz not null default now(),
  primary key (merchant_id, mode, id),
  constraint debit_in_currency foreign key (merchant_id, mode, debit_account_id, currency)
    references ledger_accounts (merchant_id, mode, id, currency),
  constraint credit_in_currency foreign key (merchant_id, mode, credit_account_id, currency)
    references ledger_accounts (merchant_id, mode, id, currency),
  constraint settles_a_transfer foreign key (merchant_id, mode, pending_id)
    references ledger_transfers (merchant_id, mode, id),
  constraint two_accounts check (debit_account_id <> credit_account_id),
  constraint settlements_name_their_pending
    check ((state in ('post', 'void')) = (pending_id is not null))
);
-- The same business fact never posts twice, and a hold is settled once, however many paths report
-- it.
create unique index posted_once
  on ledger_transfers (merchant_id, mode, source_kind, source_id, leg) where pending_id is null;
create unique index settled_once
  on ledger_transfers (merchant_id, mode, pending_id) where pending_id is not null;
-- Ids are unique by themselves, so these keys stay short: every transfer pays for each of them.
create index transfers_by_debit on ledger_transfers (debit_account_id, seq);
create index transfers_by_credit on ledger_transfers (credit_account_id, seq);
create index transfers_of_payment on ledger_transfers (payment_id, seq)
  where payment_id is not null;

-- Sums of a hot account up to `seq`; transfers after it are the tail.
create table ledger_checkpoints (
  merchant_id text not null,
  mode payment_mode not null,
  account_id ledger_account_id not null,
  seq bigint not null,
  debits_posted minor_units not null,
  credits_posted minor_units not null,
  debits_pending minor_units not null,
  credits_pending minor_units not null,
  moved_at timestamptz not null default now(),
  primary key (merchant_id, mode, account_id),
  foreign key (merchant_id, mode, account_id) references ledger_accounts (merchant_id, mode, id)
);

-- The next place a checkpoint may move to, once every transaction older than `xact` has ended:
-- until then a transfer with a smaller seq may still commit.
create table ledger_fences (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  seq bigint not null,
  xact xid8 not null,
  primary key (merchant_id, mode)
);

-- While a halt is open, no money leaves: the books were found to differ.
create table ledger_halts (
  merchant_id text not null references merchants,
  mode payment_mode not null,
  halted_at timestamptz not null default clock_timestamp(),
  reason text not null check (length(reason) between 1 and 2000),
  released_at timestamptz,
  note text check (length(note) between 3 and 2000),
  primary key (merchant_id, mode, halted_at),
  constraint released_with_a_note check ((released_at is null) = (note is null))
);
create unique index one_open_halt on ledger_halts (merchant_id, mode) where released_at is null;

grant select on ledger_chart, ledger_accounts, ledger_transfers, ledger_checkpoints, ledger_fences,
  ledger_halts to florin_app;

-- A TypeID with a UUIDv7 body, as kernel/ids.ts makes them; for rows that only the database adds.
create function typeid(prefix text) returns text
  language sql volatile set search_path = pg_catalog, pg_temp as $$
  select prefix || '_' || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz',
      1 + substring(B'00' || u.bits from 1 + 5 * i for 5)::bit(5)::int, 1), '' order by i)
  from (select ('x'
      || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
      || substr(replace(gen_random_uuid()::text, '-', ''), 14))::bit(128) as bits) u,
    generate_series(0, 25) i
$$;

-- Stops money from leaving. A halt that is open already keeps its first reason.
create function ledger_halt(p_merchant_id text, p_mode text, p_reason text) returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into ledger_halts (merchant_id, mode, reason) values (p_merchant_id, p_mode, p_reason)
  on conflict (merchant_id, mode) where released_at is null do nothing
$$;

create function ledger_release(p_merchant_id text, p_mode text, p_note text) returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update ledger_halts set released_at = clock_timestamp(), note = p_note
  where merchant_id = p_merchant_id and mode = p_mode and released_at is null
$$;

-- Only an account with live counters can be closed, and only when nothing is on it or held by it.
create function ledger_close(p_merchant_id text, p_mode text, p_kind text, p_owner text,
    p_currency text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
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
$$;

-- What the transfers of an account after one seq and up to another add up to. A settlement takes
-- its amount out of pending, and a post puts it into posted.
create function ledger_sums(p_merchant_id text, p_mode text, p_account_id text, p_after bigint,
    p_until bigint)
  returns table (transfers bigint, debits_posted numeric, credits_posted numeric,
    debits_pending numeric, credits_pending numeric)
  language sql stable as $$
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
$$;

-- Moves the checkpoints of one merchant's hot accounts to the fence, if every transaction that may
-- still add a transfer before it has ended, and sets the next fence. Returns how many moved.
create function ledger_checkpoint(p_merchant_id text, p_mode text, p_step bigint default 500000)
  returns int
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
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
$$;
