-- payments: amount:>100
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
    and (p.amount > case when p.currency <> all($3::text[]) then $16::bigint when p.currency = any($4::text[]) then $5::bigint when p.currency = any($6::text[]) then $7::bigint when p.currency = any($8::text[]) then $9::bigint when p.currency = any($10::text[]) then $11::bigint when p.currency = any($12::text[]) then $13::bigint when p.currency = any($14::text[]) then $15::bigint end)
  order by p.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = 32 values: BHD, IQD, JOD, …
-- $4 = 7 values: BHD, IQD, JOD, …
-- $5 = 100000
-- $6 = 17 values: BIF, CLP, DJF, …
-- $7 = 100
-- $8 = ["CLF","UYW"]
-- $9 = 1000000
-- $10 = ["BTC","LTC","DOGE"]
-- $11 = 10000000000
-- $12 = ["ETH"]
-- $13 = 100000000000
-- $14 = ["USDC","USDT"]
-- $15 = 100000000
-- $16 = 10000
