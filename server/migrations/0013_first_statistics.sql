-- Every key begins with merchant_id and mode. A table that was never analysed has no statistics, so
-- to the planner those two look as selective as a whole key, and it may read a merchant's every row
-- to find one. Until the first ANALYZE (autovacuum, within a minute or so of use) it is told what
-- the columns that most lookups share are like. PostgreSQL 18 can be told; older ones find out.
do $$
declare
  c record;
begin
  if current_setting('server_version_num')::int < 180000 then
    return;
  end if;
  for c in
    select t.relname::text, a.attname::text, k.n_distinct, k.null_frac
    from (values ('merchant_id', 2, 0), ('mode', 2, 0), ('payment_id', -0.3, 0),
        ('pending_id', -0.1, 0.9)) as k (attname, n_distinct, null_frac)
    join pg_attribute a on a.attname = k.attname and not a.attisdropped
    join pg_class t on t.oid = a.attrelid and t.relkind = 'r'
      and t.relnamespace = 'public'::regnamespace
  loop
    perform pg_restore_attribute_stats('schemaname', 'public', 'relname', c.relname,
      'attname', c.attname, 'inherited', false, 'null_frac', c.null_frac::real, 'avg_width', 30,
      'n_distinct', c.n_distinct::real);
  end loop;
end
$$;

-- One bank account may debit nearly every transfer, and a sample then sees a single account: the
-- audit would read the whole table once for each wallet.
alter table ledger_transfers
  alter column debit_account_id set (n_distinct = -0.05),
  alter column credit_account_id set (n_distinct = -0.05);
