/**
 * `npm test`: everything, each part under its heading; the last line is `N passed, N failed`.
 * `npm test -- --only db [more]` runs one part and passes the rest to its runner.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { buildFrontEnds } from './front-ends.mjs'
import { findNode, install, ROOT } from './install.mjs'

const say = (line = '') => process.stdout.write(`${line}\n`)
const bin = (name) => join(ROOT, 'node_modules', name)

if (!install()) process.exit(1)
const node = findNode()
if (node === null) process.exit(1)
const reports = mkdtempSync(join(tmpdir(), 'florin-test-'))
const env = { ...process.env, PATH: `${bin('.bin')}:${process.env.PATH}` }

const run = (args, more = {}) =>
  spawnSync(node, args, { cwd: ROOT, stdio: 'inherit', env: { ...env, ...more } }).status === 0

/** A step without a report of its own counts as one. */
const single = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 })

/** A runner that broke before it could count has failed at least once. */
function counted(ok, file, count) {
  const found = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : null
  const { passed = 0, failed = 0 } = found ?? {}
  return { passed, failed: ok ? failed : Math.max(1, failed) }
}

function vitest(project, more) {
  const file = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const args = [bin('vitest/vitest.mjs'), 'run', '--project', project, ...reporters, ...more]
  return counted(run(args), file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  }))
}

function playwright(more) {
  if (!existsSync(join(ROOT, 'playwright.config.ts'))) return { passed: 0, failed: 0 }
  const file = join(reports, 'browser.json')
  const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...more]
  return counted(run(args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file }), file, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }))
}

const STEPS = [
  {
    name: 'check',
    title: 'Types, format, dependency rules, tidy',
    run: () => single(run(['scripts/check.mjs', '--without-tests'])),
  },
  {
    name: 'plant',
    title: 'Planted violations of the rules',
    run: () => single(run(['scripts/plant-violations.mjs'])),
  },
  { name: 'unit', title: 'Pure tests', run: (more) => vitest('unit', more) },
  { name: 'db', title: 'Tests on PostgreSQL', run: (more) => vitest('db', more) },
  { name: 'build', title: 'Front ends', run: () => single(buildFrontEnds(node)) },
  { name: 'browser', title: 'Browser tests', run: playwright },
]

function wanted(args) {
  const at = args.indexOf('--only')
  if (at === -1) return { steps: STEPS, more: [] }
  const steps = STEPS.filter(({ name }) => name === args[at + 1])
  if (steps.length > 0) return { steps, more: args.slice(at + 2) }
  say(`--only takes one of ${STEPS.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`
const { steps, more } = wanted(process.argv.slice(2))
const total = { passed: 0, failed: 0 }
const lines = []
const started = performance.now()
for (const step of steps) {
  say(`\n== ${step.title}`)
  const began = performance.now()
  const { passed, failed } = step.run(more)
  total.passed += passed
  total.failed += failed
  const counts = `${passed} passed, ${failed} failed`
  lines.push(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${step.name.padEnd(8)} ${counts} in ${seconds(began)}`,
  )
}
rmSync(reports, { recursive: true, force: true })
say(`\n== ${seconds(started)} in all`)
for (const line of lines) say(line)
say(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)
