/** A bug, not a refusal: the process logs it, answers 500 and changes nothing. */
export class AssertionFault extends Error {
  override readonly name = 'AssertionFault'
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFault(message)
}

export function present<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new AssertionFault(message)
  return value
}
