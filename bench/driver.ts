import pg from 'pg'

/** Stands in for pgbench: clients that each call one statement after the other, for a time. */
const [url = '', clients = '', seconds = '', wallets = ''] = process.argv.slice(2)
const [count, limit_s, numbers] = [clients, seconds, wallets].map((text) =>
  Number.parseInt(text, 10),
) as [number, number, number]

const all = Array.from({ length: count }, () => new pg.Client({ connectionString: url }))
await Promise.all(all.map((client) => client.connect()))
// A walk through all numbers in steps that share no factor with them: even, and without chance.
const STEP = 7919
let at = 0
let transactions = 0
const start = performance.now()
const end = start + limit_s * 1000
await Promise.all(
  all.map(async (client) => {
    while (performance.now() < end) {
      at = (at + STEP) % numbers
      const query = { name: 'one', text: 'select one_payment($1::int)', values: [at + 1] }
      await client.query(query)
      transactions += 1
    }
  }),
)
const per_second = transactions / ((performance.now() - start) / 1000)
await Promise.all(all.map((client) => client.end()))
process.stdout.write(JSON.stringify({ per_second, transactions }))
