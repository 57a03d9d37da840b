-- transactions: status:processing customer:ana
select t.*,
    t.id as sort_value
  from transactions t
    left join payments p on p.merchant_id = t.merchant_id and p.mode = t.mode
      and p.id = t.payment_id
    left join customers c on c.merchant_id = p.merchant_id
    and c.mode = p.mode and c.id = p.customer_id
    left join gateway_accounts g on g.merchant_id = t.merchant_id and g.mode = t.mode
      and g.id = t.gateway_account_id
  where t.merchant_id = $1::text and t.mode = $2::text
    and (t.state = any($3::text[]))
    and (lower(c.name) like lower($4::text) or lower(c.email) like lower($5::text))
  order by t.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = 5 values: prepared, dispatched, action_required, …
-- $4 = "%ana%"
-- $5 = "%ana%"
