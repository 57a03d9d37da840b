/** A reason not to start: one sentence that says what to do; the process then exits with 1. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
