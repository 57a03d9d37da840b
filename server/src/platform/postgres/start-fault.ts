/** A reason not to start: its message is one sentence that says what to do; the process exits with 1. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
