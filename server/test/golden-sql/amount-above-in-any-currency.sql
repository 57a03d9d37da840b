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
    and (p.amount > case when p.currency <> all($3::text[])
      then $4::bigint
      when p.currency = any($5::text[]) then $6::bigint
      when p.currency = any($7::text[]) then $8::bigint
      when p.currency = any($9::text[]) then $10::bigint
      when p.currency = any($11::text[]) then $12::bigint
      when p.currency = any($13::text[]) then $14::bigint
      when p.currency = any($15::text[]) then $16::bigint end)
  order by p.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = 32 values: BHD, IQD, JOD, …
-- $4 = 10000
-- $5 = 7 values: BHD, IQD, JOD, …
-- $6 = 100000
-- $7 = 17 values: BIF, CLP, DJF, …
-- $8 = 100
-- $9 = ["CLF","UYW"]
-- $10 = 1000000
-- $11 = ["BTC","LTC","DOGE"]
-- $12 = 10000000000
-- $13 = ["ETH"]
-- $14 = 100000000000
-- $15 = ["USDC","USDT"]
-- $16 = 100000000
