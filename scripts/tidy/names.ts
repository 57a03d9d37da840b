import { foldersOf, type SourceFile } from './files.ts'
import { capabilityOf, isTest } from './places.ts'
import type { Violation } from './violation.ts'

const BANNED_FOLDERS: Readonly<Record<string, string>> = {
  utils: 'name the thing it holds',
  util: 'name the thing it holds',
  common: 'put it where it belongs, or in the kernel',
  shared: 'put it where it belongs, or in the contract',
  helpers: 'name the thing it holds',
  lib: 'name the thing it holds',
  services: 'a capability is a folder of its own',
  managers: 'a capability is a folder of its own',
  types: 'a type stands with the noun it describes',
  interfaces: 'a type stands with the noun it describes',
  repositories: 'SQL is in store.ts',
  controllers: 'HTTP is in routes.ts',
}

/** Names that say nothing, anywhere. */
const VAGUE_FILE = /(^|[-.])(utils?|helpers?|common|misc|shared)\./

/** In a capability, files with a name from another house, and what this house calls them. */
const FOREIGN_FILES: readonly (readonly [RegExp, string])[] = [
  [/(^|[-.])(services?|managers?)\./, 'a verb file in actions/ does'],
  [/(^|[-.])(repository|repositories|queries|dao)\./, 'SQL is in store.ts'],
  [/(^|[-.])(controllers?|handlers?|endpoints?)\./, 'HTTP is in routes.ts'],
  [/(^|[-.])(types|interfaces|constants)\./, 'a type or limit stands with the noun it describes'],
  [/(^|[-.])(listeners?)\./, 'events are in subscribers.ts'],
  [/(^|[-.])(cron|scheduler|workers?)\./, 'time is in jobs.ts'],
]

const BANDS = new Set([
  'kernel',
  'platform',
  'ledger',
  'records',
  'money',
  'outside',
  'oversight',
  'demo',
])
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|tsx|mjs|cjs)$/

/** Rules about where a file stands and what it is called. */
export function nameViolations(files: readonly SourceFile[]): Violation[] {
  const paths = files.map((file) => file.path)
  return [
    ...foldersOf(files).flatMap(folderViolations),
    ...paths.flatMap(fileViolations),
    ...capabilityViolations(paths),
  ]
}

function folderViolations(path: string): Violation[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const band = /^server\/src\/([^/]+)$/.exec(path)?.[1]
  const found: Violation[] = []
  const advice = BANNED_FOLDERS[name]
  if (advice !== undefined) {
    const sentence = `no folder is named ${name}: ${advice}.`
    found.push({ path, line: 1, rule: 'folder-name', sentence })
  }
  if (band !== undefined && !BANDS.has(band)) {
    const sentence = `${band} is no band; the bands are ${[...BANDS].join(', ')}.`
    found.push({ path, line: 1, rule: 'band', sentence })
  }
  return found
}

function fileViolations(path: string): Violation[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!/^(server\/src|gateways|gateway-kit|contract|cli|scripts|simulation)\//.test(path)) return []
  if (!/\.(ts|tsx|mjs|cjs)$/.test(name)) return []
  const foreign = capabilityOf(path) === null ? [] : FOREIGN_FILES
  const advice = VAGUE_FILE.test(name)
    ? 'name the thing it holds'
    : foreign.find(([pattern]) => pattern.test(name))?.[1]
  if (advice !== undefined) {
    const sentence = `no file is named ${name}: ${advice}.`
    return [{ path, line: 1, rule: 'file-name', sentence }]
  }
  if (KEBAB.test(name)) return []
  return [{ path, line: 1, rule: 'file-name', sentence: 'name files in kebab-case.' }]
}

/** Each capability has a door and a README; its deeds stand in actions/, its edges at its root. */
function capabilityViolations(paths: readonly string[]): Violation[] {
  const known = new Set(paths)
  const capabilities = new Set(paths.map(capabilityOf).filter((folder) => folder !== null))
  const found: Violation[] = []
  for (const folder of capabilities) {
    if (!known.has(`${folder}/index.ts`)) {
      const sentence = 'index.ts is missing: it is the only door of a capability.'
      found.push({ path: folder, line: 1, rule: 'capability-door', sentence })
    }
    if (!known.has(`${folder}/README.md`)) {
      const sentence = 'README.md is missing: what it promises, its words, its flow.'
      found.push({ path: folder, line: 1, rule: 'capability-readme', sentence })
    }
  }
  return [...found, ...paths.flatMap(edgeViolations)]
}

function edgeViolations(path: string): Violation[] {
  const folder = capabilityOf(path)
  if (folder === null || isTest(path)) return []
  const inside = path.slice(folder.length + 1)
  if (/^actions\/(store|routes|jobs|subscribers|index)\.ts$/.test(inside)) {
    const sentence = 'an action is a verb; edges stand at the root of the capability.'
    return [{ path, line: 1, rule: 'capability-file', sentence }]
  }
  if (inside.startsWith('actions/') && inside.split('/').length > 2) {
    const sentence = 'actions/ is flat: one verb, one file.'
    return [{ path, line: 1, rule: 'capability-file', sentence }]
  }
  return []
}
