-- payments: (no filter)
select p.*, c.name as customer_name, c.email as customer_email, s.name as shop_name,
    exists (select from transactions t where t.merchant_id = p.merchant_id and t.mode = p.mode
      and t.payment_id = p.id and t.state = 'unknown') as has_unknown,
    p.id as sort_value
  from payments p left join customers c on c.merchant_id = p.merchant_id
    and c.mode = p.mode and c.id = p.customer_id
    left join shops s on s.merchant_id = p.merchant_id and s.id = p.shop_id
    left join gateway_accounts g on g.merchant_id = p.merchant_id and g.mode = p.mode
      and g.id = p.gateway_account_id
  where p.merchant_id = $1::text and p.mode = $2::text
    and p.id < $3::text
  order by p.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = "pay_01jd0000000000000000000000"
