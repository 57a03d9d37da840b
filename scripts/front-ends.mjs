/** Builds the browser's parts when their sources have changed since the last build. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'

/** Each is a Vite root with its own config and is built into its `dist`. */
const FRONT_ENDS = [
  { folder: 'web', title: 'the back office', sources: ['web', 'contract'] },
  { folder: 'checkout', title: 'the checkout', sources: ['checkout', 'contract'] },
]
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test-results'])
const STAMP = '.built-from'

function* filesIn(folder) {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (NOT_SOURCES.has(entry.name)) continue
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesIn(path)
    else if (entry.isFile() && !/\.(test|spec)\.tsx?$/.test(entry.name)) yield path
  }
}

/** By content, so that a fresh clone, a branch switch and a copied folder all tell the truth. */
function fingerprint(sources) {
  const hash = createHash('sha256')
  const paths = sources
    .filter((each) => existsSync(join(ROOT, each)))
    .flatMap((each) => [...filesIn(each)])
  for (const path of [...paths, 'package-lock.json']) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

function build(node, { folder, title, sources }) {
  if (!existsSync(join(ROOT, folder, 'vite.config.ts'))) return true
  const stamp = join(ROOT, folder, 'dist', STAMP)
  const wanted = fingerprint(sources)
  if (stampOf(stamp) === wanted) return true
  process.stdout.write(`Building ${title} …\n`)
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const run = spawnSync(node, [vite, 'build', folder, '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  if (run.status === 0) writeFileSync(stamp, wanted)
  else process.stdout.write(`Building ${title} failed: see the message above.\n`)
  return run.status === 0
}

/** Says whether every front end is built. */
export const buildFrontEnds = (node) => FRONT_ENDS.every((each) => build(node, each))
