import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the project, with its path from the root, `/` between the parts. */
export type SourceFile = { readonly path: string; readonly text: string }

const SKIPPED_FOLDERS = new Set([
  '.git',
  'node_modules',
  'data',
  'dist',
  'coverage',
  'test-results',
  'playwright-report',
])
const READ = /\.(ts|tsx|mjs|cjs|sql|css|md)$/

/** Every source file and document under `root`, sorted by path. */
export function readTree(root: string): SourceFile[] {
  return list(root, '')
    .filter((path) => READ.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Every folder under `root`, for the rules about names. */
export function foldersOf(files: readonly SourceFile[]): string[] {
  const folders = new Set<string>()
  for (const { path } of files) {
    const parts = path.split('/').slice(0, -1)
    for (let depth = 1; depth <= parts.length; depth++) folders.add(parts.slice(0, depth).join('/'))
  }
  return [...folders].sort()
}

function list(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : list(root, path)
    return entry.isFile() ? [path] : []
  })
}
