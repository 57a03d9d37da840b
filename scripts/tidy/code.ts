import { ts } from '../../tools/typescript.ts'
import type { SourceFile } from './files.ts'
import { isCode, isGenerated, isTest } from './places.ts'
import { isSql, mayHoldSql } from './sql.ts'
import type { Violation } from './violation.ts'
import { BANNED_WORDS } from './words.ts'

export const FUNCTION_LINES_MAX = 60

const MARKS = ['FIXME', 'TODO', 'XXX'].join('|')
const UNFINISHED = new RegExp(`(//|/\\*|^\\s*\\*|--).*\\b(${MARKS})\\b`)
const UNFINISHED_SENTENCE = 'finish it, or open an issue and delete the comment.'

/** What only the syntax tree can tell, plus unfinished work in the comments of any file. */
export function codeViolations(file: SourceFile): Violation[] {
  const { path, text } = file
  if (isGenerated(path)) return []
  const unfinished = text.split('\n').flatMap((line, index): Violation[] => {
    if (!UNFINISHED.test(line)) return []
    return [{ path, line: index + 1, rule: 'unfinished', sentence: UNFINISHED_SENTENCE }]
  })
  return isCode(path) ? [...unfinished, ...treeViolations(file)] : unfinished
}

function treeViolations({ path, text }: SourceFile): Violation[] {
  const words = BANNED_WORDS.filter((word) => !word.allowed(path))
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: Violation[] = []
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1
  const visit = (node: ts.Node): void => {
    const line = () => lineAt(node.getStart(source))
    for (const { rule, sentence, seen } of words) {
      if (seen(node)) found.push({ path, line: line(), rule, sentence })
    }
    if (!mayHoldSql(path) && isSql(node)) {
      const sentence = 'move the SQL to store.ts and call it by name.'
      found.push({ path, line: line(), rule: 'sql-only-in-store', sentence })
    }
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const lines = lineAt(node.getEnd()) - line() + 1
      if (lines > FUNCTION_LINES_MAX && !isTestGroup(node, path)) {
        const sentence = `${lines} lines; split it by its steps, at most ${FUNCTION_LINES_MAX}.`
        found.push({ path, line: line(), rule: 'function-length', sentence })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The function that `describe` is given is a list of tests, not a procedure. */
function isTestGroup(node: ts.Node, path: string): boolean {
  if (!isTest(path) || !ts.isCallExpression(node.parent)) return false
  return /^(test\.)?describe\b/.test(node.parent.expression.getText())
}
