import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Flow } from '#server/kernel/flow.ts'

type AnyFlow = Flow<string, string>

/** Every flow table of the product: the name of its page, its capability, its door. */
export const FLOWS: readonly { name: string; of: string; table: () => Promise<AnyFlow> }[] = [
  {
    name: 'payment',
    of: 'server/src/money/payments',
    table: async () => (await import('#server/money/payments/index.ts')).paymentFlow,
  },
  {
    name: 'transaction',
    of: 'server/src/money/transactions',
    table: async () => (await import('#server/money/transactions/index.ts')).transactionFlow,
  },
  {
    name: 'export',
    of: 'server/src/oversight/exports',
    table: async () => (await import('#server/oversight/exports/index.ts')).exportFlow,
  },
  {
    name: 'refund',
    of: 'server/src/money/refunds',
    table: async () => (await import('#server/money/refunds/index.ts')).refundFlow,
  },
]

export const FOLDER = join(import.meta.dirname, '../docs/flows')

/** The page of one flow: a diagram, and the same table in words for readers without a renderer. */
export function drawFlow(name: string, of: string, flow: AnyFlow): string {
  const statuses = Object.keys(flow)
  const arrows = statuses.flatMap((status) => arrowsFrom(flow, status))
  const ends = statuses.filter((status) => Object.keys(flow[status] ?? {}).length === 0)
  const rows = statuses.flatMap((status) =>
    Object.entries(flow[status] ?? {}).map(([event, to]) => `| ${status} | ${event} | ${to} |`),
  )
  return [
    `# ${name[0]?.toUpperCase()}${name.slice(1)} flow`,
    '',
    `Drawn from the table in \`${of}\` by \`npm run flows\`; do not edit by hand.`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${statuses[0]}`,
    ...arrows.map((arrow) => `  ${arrow}`),
    ...ends.map((status) => `  ${status} --> [*]`),
    '```',
    '',
    '| From | Event | To |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** One arrow for each pair of statuses, with every event that takes it. */
function arrowsFrom(flow: AnyFlow, status: string): string[] {
  const events = new Map<string, string[]>()
  for (const [event, to] of Object.entries(flow[status] ?? {})) {
    if (to !== undefined) events.set(to, [...(events.get(to) ?? []), event])
  }
  return [...events].map(([to, names]) => `${status} --> ${to}: ${names.join(', ')}`)
}

/** Each page's path with what it should say. */
export async function drawAll(): Promise<{ path: string; text: string }[]> {
  return Promise.all(
    FLOWS.map(async ({ name, of, table }) => ({
      path: join(FOLDER, `${name}.md`),
      text: drawFlow(name, of, await table()),
    })),
  )
}

export function readPage(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

export async function writeAll(): Promise<string[]> {
  mkdirSync(FOLDER, { recursive: true })
  const stale = (await drawAll()).filter(({ path, text }) => readPage(path) !== text)
  for (const { path, text } of stale) writeFileSync(path, text)
  return stale.map(({ path }) => path)
}

if (import.meta.main) {
  for (const path of await writeAll()) process.stdout.write(`drawn docs/flows/${basename(path)}\n`)
}
