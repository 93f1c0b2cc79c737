/** A message whose words could not be put together: ours to mend. */
export class UndrawableError extends Error {
  constructor(cause: unknown) {
    super(`it could not be drawn: ${cause instanceof Error ? cause.message : String(cause)}`.slice(0, 200), { cause });
  }
}

/** What was meant for a thread that is gone. Nothing of it was posted. */
export class StrayError extends Error {}
