/** A message could not be rendered: our own bug. */
export class UndrawableError extends Error {
  constructor(cause: unknown) {
    super(`it could not be drawn: ${cause instanceof Error ? cause.message : String(cause)}`.slice(0, 200), { cause });
  }
}

/** The thread is gone. Nothing was posted. */
export class StrayError extends Error {}
