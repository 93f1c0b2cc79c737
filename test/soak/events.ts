import type { Workspace } from '../../sandbox/workspace';

/** Events that Slack has not delivered to the app yet. */
export interface EventWatch {
  /** How many events are on their way, or waiting to be sent again. */
  readonly pending: number;
  /** How many Slack gave up, so that the app never received them. */
  readonly givenUp: number;
  stop(): void;
}

/** Watches the events that Slack sends, from now on. */
export function watchEvents(workspace: Workspace): EventWatch {
  let open = 0;
  let failed = 0;
  let repeated = 0;
  let givenUp = 0;
  const stop = workspace.watch((event) => {
    if (event.type !== 'traffic' || event.entry.kind !== 'event') return;
    const { name, summary, durationMs, ok } = event.entry;
    if (name.includes('(duplicate)')) return;
    if (summary.startsWith('given up')) givenUp += 1;
    else if (durationMs === null) {
      open += 1;
      if (name.includes('(retry ')) repeated += 1;
    } else {
      open -= 1;
      if (!ok) failed += 1;
    }
  });
  return {
    get pending() {
      return open + failed - repeated - givenUp;
    },
    get givenUp() {
      return givenUp;
    },
    stop,
  };
}
