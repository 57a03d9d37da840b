/**
 * Checks tools/boundaries.config.cjs over the tree: one line a violation, exit 1 when there is one.
 * dependency-cruiser reads no TypeScript 7 and then reports "no violations, 0 modules", so it is
 * given the TypeScript 5.9 of this folder, and what it saw is asserted.
 */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'

const OWN = new Map(
  ['typescript', 'typescript/package.json'].map((name) => [name, import.meta.resolve(name)]),
)
registerHooks({
  resolve(specifier, context, next) {
    const url = OWN.get(specifier)
    return url ? { url, shortCircuit: true } : next(specifier, context)
  },
})

const { cruise } = await import('dependency-cruiser')
const { default: config } = await import('./boundaries.config.cjs')

const ROOTS = [
  'contract',
  'gateway-kit',
  'gateways',
  'server',
  'web',
  'checkout',
  'widget',
  'cli',
  'simulation',
  'bench',
  'examples',
  'scripts',
]

/** Well below what a sound run sees; fewer means that the tool was blind. */
const MODULES_MIN = 300

const { output } = await cruise(
  ROOTS.filter((root) => existsSync(root)),
  {
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|[.](css|svg|png|woff2)$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
)

const modules = output.modules.filter((module) => /\.tsx?$/.test(module.source))
const own = modules.flatMap((module) =>
  module.dependencies.filter((dependency) => dependency.module.startsWith('#')),
)
if (modules.length < MODULES_MIN || own.length === 0) {
  process.stderr.write(
    `boundaries: saw ${modules.length} TypeScript modules and ${own.length} # imports: blind.\n`,
  )
  process.exit(1)
}

const comments = new Map(config.forbidden.map((rule) => [rule.name, rule.comment]))
for (const violation of output.summary.violations) {
  const target = violation.to === violation.from ? '' : ` -> ${violation.to}`
  const cycle = violation.cycle?.map((step) => step.name).join(' -> ')
  const where = cycle ? `${violation.from} -> ${cycle}` : `${violation.from}${target}`
  process.stdout.write(`${where} ${violation.rule.name}: ${comments.get(violation.rule.name)}\n`)
}
const count = output.summary.violations.length
process.stdout.write(
  `boundaries: ${modules.length} modules, ${own.length} # imports, ` +
    `${new Set(comments.keys()).size} rules, ${count === 0 ? 'no' : count} violations\n`,
)
process.exit(count === 0 ? 0 : 1)
