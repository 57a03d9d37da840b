import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchExports, GOAL as EXPORTS_GOAL } from './exports.ts'
import { load, machine } from './machine.ts'
import { benchPayments, GOAL as PAYMENTS_GOAL } from './payments.ts'
import type { Plan, Say } from './plan.ts'
import { exportsTable, paymentsTable } from './report.ts'

const FULL = { rounds: 6, slice_ms: 3000, export_rows: 200_000 }
const QUICK = { rounds: 2, slice_ms: 1000, export_rows: 200_000 }

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    driver: { type: 'boolean', default: false },
  },
})
const plan: Plan = { ...(values.quick ? QUICK : FULL), useDriver: values.driver }
const wants = (name: string) => values.only === undefined || values.only.toUpperCase() === name

const say: Say = (line) => process.stdout.write(`${line}\n`)

// A signal would skip what ends the processes we have started.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(1))

const begun = new Date()
const started = { ...machine(), load: load() }
const payments = wants('S1') ? await benchPayments(plan, say) : null
const exports = wants('S6') ? await benchExports(plan, say) : null
const took_s = Math.round((Date.now() - begun.getTime()) / 1000)

say('')
say(
  `${started.cores} cores of ${started.model}, ${started.memory_mb} MB, ${started.system}, ` +
    `Node ${started.node}; load ${started.load.toFixed(1)} at the start`,
)
if (payments) for (const line of paymentsTable(payments, PAYMENTS_GOAL)) say(line)
if (exports) for (const line of exportsTable(exports, EXPORTS_GOAL)) say(line)
say(`${values.quick ? 'Quick' : 'Full'} run of ${took_s} s.`)

const result = { at: begun.toISOString(), quick: values.quick, machine: started, payments, exports }
const folder = join(import.meta.dirname, 'results')
const file = `${begun.toISOString().slice(0, 10)}${values.quick ? '-quick' : ''}.json`
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, file), `${JSON.stringify(rounded(result), null, 2)}\n`)
say(`Written to bench/results/${file}.`)

const faults = [...(payments?.faults ?? []), ...(exports?.faults ?? [])]
for (const fault of faults.slice(0, 50)) say(`WRONG  ${fault}`)
process.exit(faults.length === 0 ? 0 : 1)

/** Four digits say all that such a measurement knows. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(4))
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]))
}
