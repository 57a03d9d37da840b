/**
 * Which rows of the requirement list (ids such as P-031) the tests name in their titles, and which
 * rows no test names. The list is read from the file given, or from ../shared/design/experience.md;
 * without one, only what the tests name is printed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const LIST = process.argv[2] ?? join(ROOT, '../shared/design/experience.md')
const SKIPPED = new Set(['.git', 'node_modules', 'data', 'dist'])
const ROW = /^\|\s*([PKFCH]-\d{3})\s*\|[^|]*\|\s*([^|]*)\|/
const TITLE_ID = /\[((?:[PKFCH]-\d{3})(?:\s*,\s*[PKFCH]-\d{3})*)\]/g
const PRODUCTS = { P: 'PteroCA', K: 'Paykassma', F: 'Fintecture', C: 'CXF', H: 'Hygate' }

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : testFiles(path)
    return /\.(test|spec)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function namedIds() {
  const named = new Map()
  for (const path of testFiles(ROOT)) {
    for (const [, list] of readFileSync(path, 'utf8').matchAll(TITLE_ID)) {
      for (const id of list.split(/\s*,\s*/)) named.set(id, (named.get(id) ?? 0) + 1)
    }
  }
  return named
}

const named = namedIds()
const said = [`${named.size} requirement rows are named by tests`]

if (existsSync(LIST)) {
  const rows = readFileSync(LIST, 'utf8')
    .split('\n')
    .map((line) => ROW.exec(line))
    .filter((row) => row !== null)
    .map(([, id, item]) => ({ id, item: item.trim() }))
  for (const [letter, product] of Object.entries(PRODUCTS)) {
    const own = rows.filter((row) => row.id.startsWith(letter))
    const covered = own.filter((row) => named.has(row.id)).length
    said.push(`${letter} ${product}: ${covered} of ${own.length}`)
  }
  const unnamed = rows.filter((row) => !named.has(row.id))
  said.push(...unnamed.map((row) => `no test  ${row.id}  ${row.item}`))
  const known = new Set(rows.map((row) => row.id))
  const unknown = [...named.keys()].filter((id) => !known.has(id))
  said.push(...unknown.map((id) => `unknown  ${id}: the list has no such row`))
  process.exitCode = unknown.length === 0 ? 0 : 1
}
process.stdout.write(`${said.join('\n')}\n`)
