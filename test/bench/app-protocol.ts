/** Requests of a suite to an app's process, over Node's channel to a child process. */
export type Ask =
  | { readonly ask: 'memory' }
  /** Answered once nothing is left to deliver. */
  | { readonly ask: 'idle' }
  /** Only the bare app: `count` messages to each channel, one every `intervalMs`. */
  | { readonly ask: 'post'; readonly channels: readonly string[]; readonly count: number; readonly intervalMs: number }
  /** Only the bare app: every case of the database into a CSV file, which is then thrown away. */
  | { readonly ask: 'export' }
  /** Only Warmline: runs the purge job again and again until told to stop. */
  | { readonly ask: 'purge'; readonly on: boolean }
  /** Only Warmline, started with its commands counted: those sent to the database since the last request. */
  | { readonly ask: 'commands' }
  | { readonly ask: 'stop' };

export type Answer =
  | { readonly is: 'ready' }
  | { readonly is: 'memory'; readonly rssMb: number; readonly heapMb: number; readonly peakMb: number }
  /** As `collection.command`, in order. */
  | { readonly is: 'commands'; readonly commands: readonly string[] }
  | { readonly is: 'done' };

const MB = 1024 * 1024;

/** The app's side: says that it is ready, then answers requests until it is stopped. */
export function answerSuite(handle: (ask: Exclude<Ask, { ask: 'memory' }>) => Promise<undefined | Answer>): void {
  const tell = (answer: Answer) => process.send?.(answer);
  process.on('message', (message: Ask) => {
    if (message.ask === 'memory') return tell(memory());
    handle(message).then(
      (answer) => {
        tell(answer ?? { is: 'done' });
        if (message.ask === 'stop') process.disconnect();
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  tell({ is: 'ready' });
}

/** Resident memory after garbage collection, and its maximum. */
function memory(): Answer {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { is: 'memory', rssMb: rss / MB, heapMb: heapUsed / MB, peakMb: process.resourceUsage().maxRSS / 1024 };
}
