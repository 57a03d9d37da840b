-- Accounts that are named and do not exist yet. Two that open the same one at once get one: the
-- order of the rows is fixed, so they wait for each other in one direction only.
create function ledger_open(p_merchant_id text, p_mode text, p_kinds text[], p_owners text[],
    p_currencies text[]) returns void
  language sql volatile set search_path = pg_catalog, public, pg_temp as $$
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
$$;

-- One transfer after the other: what each may take is what the ones before it left, and a group
-- that fails gives back what it took. Only needed when the batch as a whole might overdraw an
-- account or meets a closed one. Answers a code per transfer (null: post it) and what the account
-- had.
create function ledger_decide(p_groups int[], p_debits text[], p_credits text[],
    p_amounts bigint[], p_pending boolean[], p_source_kinds text[], p_source_ids text[],
    p_legs int[], p_existing text[], p_closed text[], p_guarded text[], p_rooms bigint[],
    out codes text[], out rooms_left bigint[])
  language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
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
$$;

-- Posts an array of transfers: those of one group, which stand next to each other, together or not
-- at all, and groups apart from each other. Answers per transfer, in order. Raises FL001 only for a
-- bug: the same source with other contents, or an account kind that the chart does not know.
create function ledger_post(p_merchant_id text, p_mode text, p_ids text[], p_groups int[],
    p_debit_kinds text[], p_debit_owners text[], p_credit_kinds text[], p_credit_owners text[],
    p_amounts bigint[], p_currencies text[], p_source_kinds text[], p_source_ids text[],
    p_legs int[], p_payment_ids text[], p_pending boolean[], p_at timestamptz[] default null)
  returns table (outcome text, code text, transfer_id text, available bigint)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan as $$
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
$$;

-- Settles pending transfers, named by id or by their source: `post` makes them final, `void` lets
-- go of what they held. Settling one again the same way answers `already`.
create function ledger_settle(p_merchant_id text, p_mode text, p_ids text[], p_pending_ids text[],
    p_source_kinds text[], p_source_ids text[], p_legs int[], p_outcomes text[],
    p_at timestamptz[] default null)
  returns table (outcome text, code text, transfer_id text)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan as $$
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
$$;

-- Functions are everyone's to call until that is taken away.
revoke all on function typeid, ledger_open, ledger_decide, ledger_sums, ledger_post, ledger_settle,
  ledger_checkpoint, ledger_close, ledger_halt, ledger_release from public;
grant execute on function ledger_sums, ledger_post, ledger_settle, ledger_checkpoint, ledger_close,
  ledger_halt, ledger_release to florin_app;
