/**
 * Proves that the rules can fail: plants one violation at a time in a copy of the tree and counts
 * those that are caught by the rule they break, in the file they stand in.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '..')
const NOT_COPIED = new Set(['.git', 'node_modules', 'data', 'dist', 'coverage', 'test-results'])
const LONG = 'const a = 1\n'.repeat(61)

/** Which check must catch it, by which rule, where it is planted, and what it says. */
const PLANTED = [
  [
    'boundaries',
    'kernel-imports-nothing',
    'server/src/kernel/planted.ts',
    "import { makeLog } from '#server/platform/log.ts'\nexport const planted = makeLog\n",
  ],
  [
    'boundaries',
    'platform-imports-downward',
    'server/src/platform/planted.ts',
    "export type { Planted } from '#server/money/planted/index.ts'\n",
    'server/src/money/planted/index.ts',
    'export type Planted = string\n',
  ],
  [
    'boundaries',
    'outside-and-oversight-apart',
    'server/src/outside/planted/index.ts',
    "export { planted } from '#server/oversight/planted/index.ts'\n",
    'server/src/oversight/planted/index.ts',
    'export const planted = 1\n',
  ],
  [
    'boundaries',
    'capability-only-through-index',
    'server/src/money/planted/index.ts',
    "export { find } from '#server/records/planted/store.ts'\n",
    'server/src/records/planted/store.ts',
    'export const find = 1\n',
  ],
  [
    'boundaries',
    'nouns-are-pure',
    'server/src/money/planted/noun.ts',
    "import { systemClock } from '#server/platform/clock.ts'\nexport const planted = systemClock\n",
  ],
  [
    'boundaries',
    'http-only-in-routes',
    'server/src/money/planted/actions/call.ts',
    "import { request } from 'undici'\nexport const planted = request\n",
  ],
  [
    'boundaries',
    'gateways-know-only-the-kit',
    'gateways/planted/index.ts',
    "import { assert } from '#server/kernel/assert.ts'\nexport const planted = assert\n",
  ],
  [
    'boundaries',
    'clients-see-only-the-contract',
    'web/src/planted.ts',
    "import { assert } from '#server/kernel/assert.ts'\nexport const planted = assert\n",
  ],
  [
    'boundaries',
    'no-cycles',
    'server/src/money/planted/one.ts',
    "import { two } from './two.ts'\nexport const one = (): number => two()\n",
    'server/src/money/planted/two.ts',
    "import { one } from './one.ts'\nexport const two = (): number => one()\n",
  ],
  ['boundaries', 'no-dead-files', 'server/src/money/planted/dead.ts', 'export const planted = 1\n'],
  ['tidy', 'clock', 'server/src/money/planted.ts', 'export const planted = () => Date.now()\n'],
  ['tidy', 'random', 'server/src/money/planted.ts', 'export const planted = Math.random()\n'],
  [
    'tidy',
    'money',
    'server/src/money/planted.ts',
    'export const planted = (amount: bigint) => Number(amount) / 100\n',
  ],
  [
    'tidy',
    'sql-only-in-store',
    'server/src/money/planted/actions/pay.ts',
    "export const planted = 'select id from payments'\n",
  ],
  [
    'tidy',
    'function-length',
    'server/src/money/planted.ts',
    `export const planted = () => {\n${LONG}}\n`,
  ],
  ['tidy', 'line-length', 'server/src/money/planted.ts', `// ${'long '.repeat(20)}\n`],
  ['tidy', 'folder-name', 'server/src/money/utils/planted.ts', 'export const planted = 1\n'],
  [
    'tidy',
    'skipped-test',
    'server/src/money/planted.test.ts',
    "import { it } from 'vitest'\nit.skip('pays', () => {})\n",
  ],
]

const CHECKS = { boundaries: 'tools/boundaries.mjs', tidy: 'scripts/tidy/check.ts' }

/** Copies the tree without its packages, which are linked instead. */
async function copyTree() {
  const copy = await mkdtemp(join(tmpdir(), 'florin-planted-'))
  for (const name of await readdir(ROOT)) {
    if (NOT_COPIED.has(name)) continue
    const filter = (from) => !from.split('/').some((part) => NOT_COPIED.has(part))
    const inside = (from) => filter(from.slice(ROOT.length))
    await cp(join(ROOT, name), join(copy, name), { recursive: true, filter: inside })
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  await symlink(join(ROOT, 'tools/node_modules'), join(copy, 'tools/node_modules'))
  return copy
}

async function isCaught(copy, [check, rule, ...files]) {
  for (let at = 0; at < files.length; at += 2) {
    await mkdir(dirname(join(copy, files[at])), { recursive: true })
    await writeFile(join(copy, files[at]), files[at + 1])
  }
  const { stdout, code } = await run(process.execPath, [CHECKS[check]], {
    cwd: copy,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((failed) => failed)
  for (let at = 0; at < files.length; at += 2) await rm(join(copy, files[at]))
  const lines = stdout.split('\n').filter((line) => line.includes(` ${rule}: `))
  const places = rule === 'folder-name' ? [dirname(files[0])] : [files[0]]
  return code === 1 && places.some((place) => lines.some((line) => line.startsWith(place)))
}

const copy = await copyTree()
let caught = 0
try {
  for (const planted of PLANTED) {
    const seen = await isCaught(copy, planted)
    if (seen) caught += 1
    process.stdout.write(`${seen ? 'caught' : 'MISSED'} ${planted[0]} ${planted[1]}\n`)
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
process.stdout.write(`${caught} of ${PLANTED.length} caught\n`)
process.exitCode = caught === PLANTED.length ? 0 : 1
