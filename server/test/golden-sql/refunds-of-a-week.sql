-- refunds: created:7d by:marie
select r.*, p.customer_id, c.name as customer_name, c.email as customer_email,
    r.id as sort_value
  from refunds r
    left join payments p on p.merchant_id = r.merchant_id and p.mode = r.mode
      and p.id = r.payment_id
    left join customers c on c.merchant_id = p.merchant_id
    and c.mode = p.mode and c.id = p.customer_id
  where r.merchant_id = $1::text and r.mode = $2::text
    and ((r.id >= $3::text and r.id < $4::text))
    and (lower(r.created_by_name) like lower($5::text))
  order by r.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = "rfd_01m7bj79c00000000000000000"
-- $4 = "rfd_01m7xk0ac00000000000000000"
-- $5 = "%marie%"
