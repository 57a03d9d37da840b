import { ts } from '../../tools/typescript.ts'
import { isScript, isTest, isToolConfig } from './places.ts'

/** A thing that the house does another way: how to see it in the syntax tree, and what to use. */
export type BannedWord = {
  readonly rule: string
  readonly sentence: string
  readonly seen: (node: ts.Node) => boolean
  readonly allowed: (path: string) => boolean
}

const never = (): boolean => false
const isTool = (path: string): boolean => isScript(path) || isTest(path)
const isBrowser = (path: string): boolean => /^(web|widget|checkout\/islands)\//.test(path)

/** `object.name` or `object.name(…)`, whatever the line breaks. */
const isMember = (node: ts.Node, object: string, name?: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object &&
  (name === undefined || node.name.text === name)

const isCallOf = (node: ts.Node, name: string): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name

const MONEY_WORD = /amount|minor|money|balance|price|\bfee|total|gross|\bnet\b|refunded|captured/i

const isBareDate = (node: ts.Node): boolean =>
  ts.isNewExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'Date' &&
  (node.arguments === undefined || node.arguments.length === 0)

const isNumberOfMoney = (node: ts.Node): boolean => {
  if (isCallOf(node, 'Number') || isCallOf(node, 'parseInt')) {
    return node.arguments.some((argument) => MONEY_WORD.test(argument.getText()))
  }
  return (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.PlusToken &&
    MONEY_WORD.test(node.operand.getText())
  )
}

const isDefaultExport = (node: ts.Node): boolean =>
  (ts.isExportAssignment(node) && !node.isExportEquals) ||
  (ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((word) => word.kind === ts.SyntaxKind.DefaultKeyword))

const TEST_NAMES = new Set(['it', 'test', 'describe'])
const SKIPPING = new Set(['skip', 'only', 'todo', 'fixme', 'skipIf', 'runIf', 'fails'])

const isSkippedTest = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node) &&
    SKIPPING.has(node.name.text) &&
    TEST_NAMES.has(node.expression.getText().split('.')[0] ?? '')) ||
  ((isCallOf(node, 'xit') || isCallOf(node, 'xdescribe') || isCallOf(node, 'xtest')) &&
    node.arguments.length > 0)

export const BANNED_WORDS: readonly BannedWord[] = [
  {
    rule: 'clock',
    sentence: 'time is an argument: use the Clock passed in (server/src/platform/clock.ts).',
    seen: (node) => isMember(node, 'Date', 'now') || isBareDate(node),
    allowed: (path) => path === 'server/src/platform/clock.ts' || isTool(path) || isBrowser(path),
  },
  {
    rule: 'random',
    sentence: 'chance is an argument: use the Random passed in (server/src/platform/clock.ts).',
    seen: (node) => isMember(node, 'Math', 'random'),
    allowed: never,
  },
  {
    rule: 'config',
    sentence: 'only server/src/config.ts reads the environment: take the setting as an argument.',
    seen: (node) => isMember(node, 'process', 'env'),
    allowed: (path) =>
      path === 'server/src/config.ts' ||
      path === 'cli/main.ts' ||
      isTool(path) ||
      isToolConfig(path),
  },
  {
    rule: 'money',
    sentence: 'amounts are bigint minor units: use server/src/kernel/money.ts.',
    seen: (node) => isCallOf(node, 'parseFloat') || isMember(node, 'Number', 'parseFloat'),
    allowed: never,
  },
  {
    rule: 'money',
    sentence: 'an amount never becomes a number: use server/src/kernel/money.ts.',
    seen: isNumberOfMoney,
    allowed: isTool,
  },
  {
    rule: 'log',
    sentence: 'use the Log passed in (server/src/platform/log.ts); programs write to stdout.',
    seen: (node) => isMember(node, 'console'),
    allowed: never,
  },
  {
    rule: 'enum',
    sentence: 'use a union of string literals, or a table checked by `satisfies`.',
    seen: (node) => ts.isEnumDeclaration(node),
    allowed: never,
  },
  {
    rule: 'default-export',
    sentence: 'export by name, so that one thing has one name everywhere.',
    seen: isDefaultExport,
    allowed: isToolConfig,
  },
  {
    rule: 'any',
    sentence: 'use unknown and narrow it, or name the type.',
    seen: (node) => node.kind === ts.SyntaxKind.AnyKeyword,
    allowed: (path) => path.endsWith('.d.ts'),
  },
  {
    rule: 'skipped-test',
    sentence: 'a test runs or is deleted.',
    seen: isSkippedTest,
    allowed: never,
  },
]
