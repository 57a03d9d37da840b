-- payments: status:succeeded, sort=-amount
select p.*, c.name as customer_name, c.email as customer_email, s.name as shop_name,
    exists (select from transactions t where t.merchant_id = p.merchant_id and t.mode = p.mode
      and t.payment_id = p.id and t.state = 'unknown') as has_unknown,
    (p.amount * (case when p.currency <> all('{BHD,IQD,JOD,KWD,LYD,OMR,TND,BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF,CLF,UYW,BTC,LTC,DOGE,ETH,USDC,USDT}'::text[])
      then 0.01
      when p.currency = any('{BHD,IQD,JOD,KWD,LYD,OMR,TND}'::text[]) then 0.001
      when p.currency = any('{BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF}'::text[]) then 1
      when p.currency = any('{CLF,UYW}'::text[]) then 0.0001
      when p.currency = any('{BTC,LTC,DOGE}'::text[]) then 0.00000001
      when p.currency = any('{ETH}'::text[]) then 0.000000001
      when p.currency = any('{USDC,USDT}'::text[]) then 0.000001 end))::text as sort_value
  from payments p left join customers c on c.merchant_id = p.merchant_id
    and c.mode = p.mode and c.id = p.customer_id
    left join shops s on s.merchant_id = p.merchant_id and s.id = p.shop_id
    left join gateway_accounts g on g.merchant_id = p.merchant_id and g.mode = p.mode
      and g.id = p.gateway_account_id
  where p.merchant_id = $1::text and p.mode = $2::text
    and (p.status = $3::text)
    and (p.amount * (case when p.currency <> all('{BHD,IQD,JOD,KWD,LYD,OMR,TND,BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF,CLF,UYW,BTC,LTC,DOGE,ETH,USDC,USDT}'::text[])
      then 0.01
      when p.currency = any('{BHD,IQD,JOD,KWD,LYD,OMR,TND}'::text[]) then 0.001
      when p.currency = any('{BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF}'::text[]) then 1
      when p.currency = any('{CLF,UYW}'::text[]) then 0.0001
      when p.currency = any('{BTC,LTC,DOGE}'::text[]) then 0.00000001
      when p.currency = any('{ETH}'::text[]) then 0.000000001
      when p.currency = any('{USDC,USDT}'::text[]) then 0.000001 end), p.id) < ($5::numeric, $4::text)
  order by p.amount * (case when p.currency <> all('{BHD,IQD,JOD,KWD,LYD,OMR,TND,BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF,CLF,UYW,BTC,LTC,DOGE,ETH,USDC,USDT}'::text[])
      then 0.01
      when p.currency = any('{BHD,IQD,JOD,KWD,LYD,OMR,TND}'::text[]) then 0.001
      when p.currency = any('{BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF}'::text[]) then 1
      when p.currency = any('{CLF,UYW}'::text[]) then 0.0001
      when p.currency = any('{BTC,LTC,DOGE}'::text[]) then 0.00000001
      when p.currency = any('{ETH}'::text[]) then 0.000000001
      when p.currency = any('{USDC,USDT}'::text[]) then 0.000001 end) desc, p.id desc
  limit 26;
-- $1 = "mer_01jd0000000000000000000000"
-- $2 = "test"
-- $3 = "succeeded"
-- $4 = "pay_01jd0000000000000000000000"
-- $5 = "49.90"
