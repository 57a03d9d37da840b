-- payments: -dupont
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
    and ((select w.words like $3::text from payment_search w
        where w.merchant_id = $1::text and w.mode = $2::text and w.payment_id = p.id)
      or (p.id >= $4::text and lower(regexp_replace(normalize(concat_ws(E'\n', p.reference, p.payer_name, p.payer_email, c.name, c.email, c.label, p.description, p.card_last4, p.gateway_ref, (select string_agg(m.value, E'\n') from jsonb_each_text(p.metadata) m)), NFD), U&'[\0300-\036F]', '', 'g')) like $3::text)) is not true
  order by p.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = "%dupont%"
-- $4 = "pay_01m7wd6x6g0000000000000000"
