-- payments: 49.90
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
    and (p.id in (select w.payment_id from payment_search w
        where w.merchant_id = $1::text and w.mode = $2::text and w.words like $16::text
      union all select p.id from payments p left join customers c on c.merchant_id = p.merchant_id
    and c.mode = p.mode and c.id = p.customer_id
        where p.merchant_id = $1::text and p.mode = $2::text and p.id >= $17::text and lower(regexp_replace(normalize(concat_ws(E'\n', p.reference, p.payer_name, p.payer_email, c.name, c.email, c.label, p.description, p.card_last4, p.gateway_ref, (select string_agg(m.value, E'\n') from jsonb_each_text(p.metadata) m)), NFD), U&'[\0300-\036F]', '', 'g')) like $16::text
      union all select p.id from payments p where p.merchant_id = $1::text and p.mode = $2::text and (p.amount = case when p.currency <> all($3::text[])
      then $4::bigint
      when p.currency = any($5::text[]) then $6::bigint
      when p.currency = any($7::text[]) then null
      when p.currency = any($8::text[]) then $9::bigint
      when p.currency = any($10::text[]) then $11::bigint
      when p.currency = any($12::text[]) then $13::bigint
      when p.currency = any($14::text[]) then $15::bigint end)))
  order by p.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = 32 values: BHD, IQD, JOD, …
-- $4 = 4990
-- $5 = 7 values: BHD, IQD, JOD, …
-- $6 = 49900
-- $7 = 17 values: BIF, CLP, DJF, …
-- $8 = ["CLF","UYW"]
-- $9 = 499000
-- $10 = ["BTC","LTC","DOGE"]
-- $11 = 4990000000
-- $12 = ["ETH"]
-- $13 = 49900000000
-- $14 = ["USDC","USDT"]
-- $15 = 49900000
-- $16 = "%49.90%"
-- $17 = "pay_01m7wd6x6g0000000000000000"
