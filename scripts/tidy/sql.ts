import { ts } from '../../tools/typescript.ts'
import { isScript, isTest } from './places.ts'

const STATEMENTS = [
  'select\\s[\\s\\S]*\\sfrom\\s',
  'insert\\s+into\\s',
  'update\\s+[\\w."]+\\s+(\\w+\\s+)?set\\s',
  'delete\\s+from\\s',
  'with\\s+(recursive\\s+)?\\w+\\s*(\\([^)]*\\)\\s*)?as\\s+',
  'copy\\s*\\(',
  'create\\s+(table|index|function|role)\\s',
  'alter\\s+(table|role)\\s',
]
const SQL = new RegExp(`^\\s*(--.*\\n\\s*)*(${STATEMENTS.join('|')})`)

/** SQL is written in one case; a sentence such as "Select a method from the list" is in two. */
const isSqlText = (text: string): boolean =>
  SQL.test(text) || (/^\s*[A-Z]{2}/.test(text) && SQL.test(text.toLowerCase()))

const BUILDER_CALLS = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom'])

/** Where SQL may stand: stores, the platform, the ledger, tests and programs. */
export const mayHoldSql = (path: string): boolean =>
  /(^|\/)store(\.ts$|\/)/.test(path) ||
  path.startsWith('server/src/platform/') ||
  isTest(path) ||
  isScript(path)

/** SQL in a string or template, a `.query(` call, or a query builder's first word. */
export function isSql(node: ts.Node): boolean {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return isSqlText(node.text)
  }
  if (ts.isTemplateExpression(node)) return isSqlText(node.getText().slice(1))
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const called = node.expression.name.text
  return called === 'query' || BUILDER_CALLS.has(called)
}
