import type { Problem } from './wire.ts'

/** What a request ended in when not in an answer: always with a code, and an id to quote. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault'
  readonly problem: Problem
  readonly retry_after_s: number | null

  constructor(problem: Problem, retry_after_s: number | null = null) {
    super(problem.detail || problem.title)
    this.problem = problem
    this.retry_after_s = retry_after_s
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }
}

/** A fault that no server answer describes: `offline` before one came, `bad_answer` after. */
export function clientFault(
  code: 'offline' | 'bad_answer',
  instance: string,
  request_id: string,
  status = 0,
): ApiFault {
  return new ApiFault({
    type: 'about:blank',
    title: code,
    status,
    detail: '',
    instance,
    code,
    request_id,
    retryable: true,
  })
}

/**
 * Whether the request may have been carried out all the same: no answer came, the server broke
 * while working on it, or it is still working on it. Only the same key can tell.
 */
export const isUnsettled = (fault: unknown): boolean =>
  fault instanceof ApiFault &&
  (fault.status === 0 || fault.status >= 500 || fault.code.startsWith('idempotency_in_'))
