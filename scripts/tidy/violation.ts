/** One line of the answer: where, which rule, and a sentence that says what to do. */
export type Violation = {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly sentence: string
}

export const format = (violation: Violation): string =>
  `${violation.path}:${violation.line} ${violation.rule}: ${violation.sentence}`
