-- links: status:open
select l.*, case when p.status = 'succeeded' then 'paid'
    when p.status = 'partially_paid' then 'partially_paid'
    when l.canceled_at is not null then 'canceled'
    when l.expires_at < now() then 'expired' else 'open' end as status,
    l.id as sort_value
  from payment_links l
    left join payments p on p.merchant_id = l.merchant_id and p.mode = l.mode
      and p.id = l.payment_id
    left join customers c on c.merchant_id = l.merchant_id and c.mode = l.mode
      and c.id = l.customer_id
    left join shops s on s.merchant_id = l.merchant_id and s.id = l.shop_id
  where l.merchant_id = $1::text and l.mode = $2::text
    and (case when p.status = 'succeeded' then 'paid'
    when p.status = 'partially_paid' then 'partially_paid'
    when l.canceled_at is not null then 'canceled'
    when l.expires_at < now() then 'expired' else 'open' end = $3::text)
  order by l.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = "open"
