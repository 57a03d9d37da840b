/**
 * Who may import whom. Every rule has a name, and its comment is the sentence a person reads when
 * it fails. The order of the bands is ARCHITECTURE.md's.
 */
const TOP = '(contract|gateway-kit|gateways|server|web|checkout|widget|cli|simulation)'
const BAND_WITH_CAPABILITIES = '(records|money|outside|oversight)'
const TEST =
  '(\\.(test|spec)\\.tsx?$|^server/test/|^simulation/|^bench/|/e2e/|^gateway-kit/contract-tests/)'
const EDGE = '(store|routes|jobs|subscribers|index)'
const MAIN = '^server/src/([^/]+\\.ts$|demo/)'
const PRODUCT = `^${TOP}/`
const HTTP_PACKAGE = 'node_modules/(fastify|@fastify|undici|light-my-request)/'

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

/** Lowest first: a band may import itself and what stands before it. */
const BANDS = [
  { band: 'platform', below: 'kernel|platform' },
  { band: 'ledger', below: 'kernel|platform|ledger' },
  { band: 'records', below: 'kernel|platform|ledger|records' },
  { band: 'money', below: 'kernel|platform|ledger|records|money' },
  { band: 'outside', below: 'kernel|platform|ledger|records|money|outside|oversight' },
  { band: 'oversight', below: 'kernel|platform|ledger|records|money|outside|oversight' },
]

const bandRules = BANDS.map(({ band, below }) =>
  rule(
    `${band}-imports-downward`,
    `${band} may import only the bands below it; upward calls go through events, or through a ` +
      'function type that this band owns and main supplies.',
    { path: `^server/src/${band}/`, pathNot: TEST },
    { path: '^server/src/', pathNot: `^server/src/(${below})/` },
  ),
)

const layers = [
  rule(
    'kernel-imports-nothing',
    'The kernel is pure vocabulary and imports nothing but itself.',
    { path: '^server/src/kernel/', pathNot: TEST },
    { pathNot: '^server/src/kernel/' },
  ),
  ...bandRules,
  rule(
    'outside-and-oversight-apart',
    'outside and oversight never import each other; main joins them.',
    { path: '^server/src/(outside|oversight)/', pathNot: TEST },
    { path: '^server/src/(outside|oversight)/', pathNot: '^server/src/$1/' },
  ),
]

const doors = [
  rule(
    'capability-only-through-index',
    'Another capability is entered only through its index.ts.',
    { path: `^server/src/${BAND_WITH_CAPABILITIES}/([^/]+)/` },
    {
      path: `^server/src/${BAND_WITH_CAPABILITIES}/[^/]+/`,
      pathNot: ['^server/src/$1/$2/', `^server/src/${BAND_WITH_CAPABILITIES}/[^/]+/index\\.ts$`],
    },
  ),
  rule(
    'capability-only-through-index',
    'Another capability is entered only through its index.ts.',
    { pathNot: `^server/src/${BAND_WITH_CAPABILITIES}/` },
    {
      path: `^server/src/${BAND_WITH_CAPABILITIES}/[^/]+/`,
      pathNot: `^server/src/${BAND_WITH_CAPABILITIES}/[^/]+/index\\.ts$`,
    },
  ),
  rule(
    'ledger-only-through-index',
    'The ledger is entered only through its index.ts.',
    { pathNot: '^server/src/ledger/' },
    { path: '^server/src/ledger/', pathNot: '^server/src/ledger/index\\.ts$' },
  ),
  rule(
    'platform-folder-only-through-index',
    'A folder of the platform is entered only through its index.ts; a single file is its own door.',
    { path: '^(?!server/src/platform/[^/]+/)' },
    { path: '^server/src/platform/[^/]+/', pathNot: '^server/src/platform/[^/]+/index\\.ts$' },
  ),
  rule(
    'platform-folder-only-through-index',
    'A folder of the platform is entered only through its index.ts; a single file is its own door.',
    { path: '^server/src/platform/([^/]+)/' },
    {
      path: '^server/src/platform/[^/]+/',
      pathNot: ['^server/src/platform/$1/', '^server/src/platform/[^/]+/index\\.ts$'],
    },
  ),
]

const purity = [
  rule(
    'nouns-are-pure',
    'A noun file decides: it imports only the kernel, the contract and sibling nouns; anything ' +
      'else by `import type`.',
    {
      path: '^server/src/((?:records|money|outside|oversight)/[^/]+|ledger)/[^/]+\\.ts$',
      pathNot: [TEST, `/${EDGE}\\.ts$`],
    },
    {
      dependencyTypesNot: ['type-only'],
      pathNot: ['^server/src/kernel/', '^contract/', `^server/src/$1/(?!${EDGE}\\.ts$)[^/]+\\.ts$`],
    },
  ),
  rule(
    'http-only-in-routes',
    'HTTP is spoken in routes.ts, the platform and main; everything else returns values.',
    {
      path: '^server/src/',
      pathNot: [TEST, '/routes\\.ts$', '/routes/', '^server/src/platform/', MAIN],
    },
    { path: [HTTP_PACKAGE, '^(node:)?(http|https|http2)$'] },
  ),
]

const gateways = [
  rule(
    'gateways-know-only-the-kit',
    'A gateway imports gateway-kit and its own files, so that anyone can write one.',
    { path: '^gateways/([^/]+)/', pathNot: TEST },
    { path: PRODUCT, pathNot: ['^gateways/$1/', '^gateway-kit/'] },
  ),
  rule(
    'kit-knows-no-one',
    'gateway-kit is what a gateway author installs; it knows nothing of Florin.',
    { path: '^gateway-kit/', pathNot: TEST },
    { path: PRODUCT, pathNot: '^gateway-kit/' },
  ),
  rule(
    'only-main-and-simulation-load-gateways',
    'Only main and the simulation load gateways; everything else sees the port.',
    { pathNot: ['^gateways/', MAIN, TEST] },
    { path: '^gateways/' },
  ),
]

const clients = [
  rule(
    'contract-knows-no-one',
    'The contract is read by server and clients alike and imports none of them.',
    { path: '^contract/', pathNot: TEST },
    { path: PRODUCT, pathNot: '^contract/' },
  ),
  rule(
    'clients-see-only-the-contract',
    'web, checkout, widget and cli see the contract and themselves.',
    { path: '^(web|checkout|widget|cli)/', pathNot: TEST },
    { path: PRODUCT, pathNot: ['^$1/', '^contract/'] },
  ),
  rule(
    'server-draws-only-the-checkout',
    'The server imports no client code, except that outside/checkout and outside/links draw the ' +
      'hosted pages.',
    { path: '^server/src/', pathNot: [TEST, '^server/src/outside/(checkout|links)/', MAIN] },
    { path: '^(web|checkout|widget|cli)/' },
  ),
]

const ENTRY = [
  '^server/src/main\\.ts$',
  '^web/src/main\\.tsx$',
  '(^|/)vite\\.config\\.ts$',
  '^checkout/islands/live\\.ts$',
  '^widget/[^/]+\\.ts$',
  '^cli/(main\\.ts|florin\\.mjs)$',
  // Started as a program of its own by the florin command.
  '^server/src/audit-command\\.ts$',
  '^gateway-kit/index\\.ts$',
  '^contract/index\\.ts$',
  '^scripts/',
  '^tools/',
]

const main = [
  rule(
    'only-main-makes-demo-data',
    'Demo data is made by main on the first start; nothing else knows it.',
    { path: PRODUCT, pathNot: [TEST, MAIN] },
    { path: '^server/src/demo/' },
  ),
]

const health = [
  rule('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
  rule(
    'no-dead-files',
    'No entry point reaches this file: delete it, or import what needs it.',
    { path: ENTRY },
    { path: PRODUCT, pathNot: [TEST, ...ENTRY, '\\.d\\.ts$'], reachable: false },
  ),
  rule(
    'unresolved-import',
    'The import names no file and no declared package.',
    {},
    { couldNotResolve: true },
  ),
  rule(
    'undeclared-package',
    'A package that is imported is named in package.json.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  rule(
    'no-tests-in-the-product',
    'The product imports no test, builder or test package.',
    { path: PRODUCT, pathNot: TEST },
    { path: [TEST, 'node_modules/(vitest|@vitest|fast-check|@playwright|@axe-core)/'] },
  ),
]

module.exports = {
  forbidden: [...layers, ...doors, ...purity, ...gateways, ...clients, ...main, ...health],
}
