import type { SourceFile } from './files.ts'
import { capabilityOf, isCatalog, isGenerated } from './places.ts'
import type { Violation } from './violation.ts'

export const COLUMNS_MAX = 100
export const FILE_LINES_MAX = 400
export const README_LINES_MAX = 40

/** Lines, files and READMEs fit the screen. Documents may have long lines: tables need them. */
export function sizeViolations({ path, text }: SourceFile): Violation[] {
  const lines = text.replace(/\n$/, '').split('\n')
  if (path.endsWith('.md')) return readmeViolations(path, lines.length)
  if (isGenerated(path) || isCatalog(path)) return []
  const found: Violation[] = lines.flatMap((line, index) => {
    const columns = [...line].length
    if (columns <= COLUMNS_MAX) return []
    const sentence = `${columns} columns; break the line at ${COLUMNS_MAX}.`
    return [{ path, line: index + 1, rule: 'line-length', sentence }]
  })
  if (lines.length > FILE_LINES_MAX) {
    const sentence = `${lines.length} lines; split it by decision, at most ${FILE_LINES_MAX}.`
    found.push({ path, line: FILE_LINES_MAX + 1, rule: 'file-length', sentence })
  }
  return found
}

function readmeViolations(path: string, lines: number): Violation[] {
  if (capabilityOf(path) === null || !path.endsWith('/README.md')) return []
  if (lines <= README_LINES_MAX) return []
  const sentence = `${lines} lines; promises, words and flow fit in ${README_LINES_MAX}.`
  return [{ path, line: README_LINES_MAX + 1, rule: 'readme-length', sentence }]
}
