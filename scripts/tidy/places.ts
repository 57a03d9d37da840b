/** Where a file stands decides which rules apply to it. Paths are from the root. */

const TEST = /(\.(test|spec)\.tsx?$|^server\/test\/|\/e2e\/|^gateway-kit\/contract-tests\/)/
const GENERATED = /(\.gen\.ts$|\/generated\/|\/golden|(^|\/)schema\.sql$)/
const CATALOG = /(\/locales?\/|\/i18n\/)(.*\/)?(en|fr)[^/]*\.ts$|(^|\/)(en|fr)\.ts$/
const CODE = /\.(ts|tsx|mjs|cjs)$/
const CAPABILITY = /^server\/src\/(?:(?:records|money|outside|oversight)\/[^/]+|ledger)(?=\/)/

export const isTest = (path: string): boolean => TEST.test(path)
export const isGenerated = (path: string): boolean => GENERATED.test(path)
export const isCatalog = (path: string): boolean => CATALOG.test(path)
export const isCode = (path: string): boolean => CODE.test(path)

/** The capability folder a path stands in, or null. */
export const capabilityOf = (path: string): string | null => CAPABILITY.exec(path)?.[0] ?? null

/** Programs that a developer runs; they print and read the environment as they need. */
export const isScript = (path: string): boolean => /^(scripts|bench|tools|examples)\//.test(path)

/** The browser test runner takes its set-up as a default export. */
const BROWSER_SETUP = 'server/test/browser/setup.ts'

export const isToolConfig = (path: string): boolean =>
  /(^|\/)[^/]+\.config\.(ts|mjs|cjs)$/.test(path) || path === BROWSER_SETUP
