import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { drawAll, drawFlow, FLOWS, readPage, writeAll } from './draw-flows.ts'
import { readTree } from './tidy/files.ts'

it('draws a table: one arrow for each pair of statuses, the first status as the start', () => {
  const page = drawFlow('ticket', 'server/src/tickets', {
    open: { close: 'closed', give_up: 'closed', ask: 'open' },
    closed: {},
  })
  expect(page).toContain('  [*] --> open\n')
  expect(page).toContain('  open --> closed: close, give_up\n')
  expect(page).toContain('  open --> open: ask\n')
  expect(page).toContain('  closed --> [*]\n')
  expect(page).toContain('| open | give_up | closed |')
})

it('docs/flows says what the code says (npm run flows rewrites it)', async () => {
  if (process.env.UPDATE_GOLDEN === '1') await writeAll()
  const stale = (await drawAll()).filter(({ path, text }) => readPage(path) !== text)
  expect(stale.map(({ path }) => basename(path))).toEqual([])
})

it('every capability with a flow table has its page', () => {
  const drawn = new Set(FLOWS.map((flow) => flow.of))
  const files = readTree(join(import.meta.dirname, '..'))
  const tables = files.filter(
    ({ path, text }) => path.startsWith('server/src/') && /satisfies Flow</.test(text),
  )
  const missing = tables.map(({ path }) => path).filter((path) => !drawn.has(dirname(path)))
  expect(missing).toEqual([])
})
