/**
 * Everything that is known without a database or a browser, on two lanes: types, format and lint,
 * dependency rules, tidy, unused code, and the pure tests. Prints each step's time; a failed step
 * prints what it said, and the command ends with 1. `--without-tests` leaves out the pure tests.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

const ROOT = join(import.meta.dirname, '..')
const LANES = 2

/** Longest first, so that the lanes end together. */
const STEPS = [
  ['unused code', 'knip'],
  ['types', 'tsc', '-p', '.'],
  ['types of web', 'tsc', '-p', 'web'],
  ['boundaries', 'node', 'tools/boundaries.mjs'],
  ['tidy', 'node', 'scripts/tidy/check.ts'],
  ['format and lint', 'biome', 'check', '.', '--max-diagnostics=50'],
]

function runStep([name, command, ...args]) {
  return new Promise((resolve) => {
    const started = performance.now()
    const said = []
    const child = spawn(join(ROOT, 'node_modules/.bin', command), args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk) => said.push(chunk))
    child.stderr.on('data', (chunk) => said.push(chunk))
    child.on('error', (fault) => said.push(Buffer.from(`${fault.message}\n`)))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5)
      const ok = code === 0
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}\n`)
      if (!ok) process.stdout.write(`${Buffer.concat(said).toString()}\n`)
      resolve(ok)
    })
  })
}

const TESTS = ['pure tests', 'vitest', 'run', '--project', 'unit', '--reporter', 'dot']
const withTests = !process.argv.includes('--without-tests')
const steps = withTests ? [TESTS, ...STEPS] : STEPS

const waiting = [...steps]
const failed = []
const lane = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    if (!(await runStep(step))) failed.push(step[0])
  }
}
const started = performance.now()
await Promise.all(Array.from({ length: LANES }, lane))
const seconds = ((performance.now() - started) / 1000).toFixed(1)
process.stdout.write(
  failed.length === 0
    ? `check: ${steps.length} steps ok in ${seconds} s\n`
    : `check: failed in ${seconds} s: ${failed.join(', ')}\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1
