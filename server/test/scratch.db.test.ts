import { afterAll, beforeAll, it } from 'vitest'
import { addManyPayments, type Listed, openListed } from './listed.ts'
let listed: Listed
beforeAll(async () => { listed = await openListed(); await addManyPayments(listed, 200_000, new Date()) }, 200_000)
afterAll(() => listed?.close())
const F = String.raw`'^[[:space:]"''\u00a0\u200b\u3000\ufeff]*[=+@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b-]|^[\t\r\n]'`
const x = 'p.reference'
const unit = `case when p.currency = any('{JPY,XOF,XAF,BIF,CLP,DJF,GNF,ISK,KMF,KRW,PYG,RWF,UGX}'::text[]) then 1 when p.currency = any('{KWD,BHD,IQD,JOD,LYD,OMR,TND}'::text[]) then 0.001 when p.currency = any('{CLF,UYW}'::text[]) then 0.0001 when p.currency = any('{USDC,USDT}'::text[]) then 0.000001 when p.currency = any('{BTC,LTC,DOGE}'::text[]) then 0.00000001 when p.currency=any('{ETH}'::text[]) then 0.000000001 else 0.01 end`
const all = "'{JPY,XOF,XAF,BIF,CLP,DJF,GNF,ISK,KMF,KRW,PYG,RWF,UGX,KWD,BHD,IQD,JOD,LYD,OMR,TND,CLF,UYW,USDC,USDT,BTC,LTC,DOGE,ETH}'::text[]"
const V: Record<string, string> = {
  bare: x,
  time: `p.created_at`,
  tochar: `coalesce(to_char(p.created_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM'), '')`,
  rpad: `coalesce(rpad(replace(date_trunc('second', p.created_at)::text, ' ', 'T'), 25, ':00'), '')`,
  overlay: `coalesce(rpad(overlay(date_trunc('second', p.created_at)::text placing 'T' from 11), 25, ':00'), '')`,
  rpadonly: `coalesce(rpad(date_trunc('second', p.created_at)::text, 25, ':00'), '')`,
  unit2: `coalesce((p.amount * (case p.currency when 'EUR' then 0.01 when 'USD' then 0.01 else ${unit} end))::text,'')`,
  unitall: `coalesce((p.amount * (case when p.currency <> all(${all}) then 0.01 else ${unit} end))::text,'')`,
  unitnot: `coalesce((p.amount * (case when not (p.currency = any(${all})) then 0.01 else ${unit} end))::text,'')`,
}
it('x', async () => {
  for (let round = 0; round < 3; round++)
  for (const [name, sql] of Object.entries(V)) {
    const t = performance.now(); let n = 0
    for await (const c of await listed.florin.db.copyOut(`copy (select ${Array(4).fill(sql).join(',')} from payments p) to stdout (format csv, force_quote *)`)) n += c.length
    if (round) process.stdout.write(`${name} ${(performance.now() - t).toFixed(0)} ms\n`)
  }
}, 200_000)
