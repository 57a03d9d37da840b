import { codeViolations } from './code.ts'
import { readTree } from './files.ts'
import { nameViolations } from './names.ts'
import { sizeViolations } from './size.ts'
import { format, type Violation } from './violation.ts'

/** Every violation under `root`, by path and line. */
export function tidy(root: string): { files: number; violations: Violation[] } {
  const files = readTree(root)
  const violations = [
    ...nameViolations(files),
    ...files.flatMap(sizeViolations),
    ...files.flatMap(codeViolations),
  ]
  violations.sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
  return { files: files.length, violations }
}

if (import.meta.main) {
  const { files, violations } = tidy(process.cwd())
  for (const violation of violations) process.stdout.write(`${format(violation)}\n`)
  const count = violations.length === 0 ? 'no' : violations.length
  process.stdout.write(`tidy: ${files} files, ${count} violations\n`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
