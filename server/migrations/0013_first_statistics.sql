-- Every index begins with merchant_id and mode. A table that was never analysed has no statistics,
-- so to the planner those two look as selective as a whole key, and it may read a merchant's every
-- row to find one. Until the first ANALYZE (autovacuum, within a minute or so of use) it is told
-- that
-- they say little. PostgreSQL 18 can be told; older servers find out for themselves.
do $$
declare
  c record;
begin
  if current_setting('server_version_num')::int < 180000 then
    return;
  end if;
  for c in
    select n.nspname, t.relname, a.attname from pg_attribute a
    join pg_class t on t.oid = a.attrelid and t.relkind = 'r'
    join pg_namespace n on n.oid = t.relnamespace and n.nspname in ('public', 'sandbox')
    where a.attname in ('merchant_id', 'mode', 'account_ref') and not a.attisdropped
  loop
    perform pg_restore_attribute_stats('schemaname', c.nspname::text, 'relname', c.relname::text,
      'attname', c.attname::text, 'inherited', false, 'null_frac', 0::real, 'avg_width', 16,
      'n_distinct', 2::real);
  end loop;
end
$$;
