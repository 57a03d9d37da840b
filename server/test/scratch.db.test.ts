import { afterAll, beforeAll, it } from 'vitest'
import { addManyPayments, type Listed, openListed } from './listed.ts'
let listed: Listed
beforeAll(async () => { listed = await openListed(); await addManyPayments(listed, 300_000, new Date(Date.now()-3600000))
    await listed.owner.tx(async (tx) => { await tx.query({ text: 'set local statement_timeout = 0' }); await tx.query({
    text: `insert into payment_search (merchant_id, mode, payment_id, words)
      select merchant_id, mode, id, lower(concat_ws(E'\\n', reference, payer_name, payer_email, gateway_ref))
      from payments`,
  }) })
  await listed.owner.query({ text: 'vacuum analyze payment_search' })
 }, 400_000)
afterAll(() => listed?.close())
it('x', async () => {
  const out: string[] = []
  for (const q of ['', 'status:failed', 'status:unpaid', 'gateway:paypal', 'gateway:paypal status:failed', 'method:sepa currency:JPY', 'amount:>100', 'amount:1234.56', 'created:7d', 'created:2026-10', 'shop:second', 'customer:dupont', 'email:payer7@example.com', 'name:"payer 77"', 'ref:A-77', 'ref:*77', 'is:needs_action', 'is:overpaid', '49.90', 'payer7@example.com', '"payer 7"', 'payer', 'a-123', 'ch_77x', 'example.com', '-payer', 'meta.order_ref:M-5', 'has:customer']) {
    for (const path of ['/v1/payments', '/v1/payments/summary']) {
    let best = Infinity
    for (let i = 0; i < 3; i++) { const t = performance.now(); await listed.florin.api.get(`${path}?${new URLSearchParams({ q })}`); best = Math.min(best, performance.now() - t) }
    out.push(`${path.slice(4).padEnd(18)} ${q.padEnd(30)} ${best.toFixed(0)} ms`)
    }
  }
  for (const sort of ['-amount','updated']) { const t = performance.now(); await listed.florin.api.get(`/v1/payments?sort=${sort}`); out.push(`sort ${sort} ${(performance.now()-t).toFixed(0)} ms`) }
  for (const path of ['/v1/home', '/v1/payments/facets?key=gateway', '/v1/payments/hidden?q=status:failed+gateway:paypal+amount:>1', '/v1/lookup/A-77', '/v1/lookup/payer7@example.com']) { const t = performance.now(); await listed.florin.api.get(path); out.push(`${path} ${(performance.now()-t).toFixed(0)} ms`) }
  process.stdout.write(out.join('\n') + '\n')
}, 400_000)
