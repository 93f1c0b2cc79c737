/** The workspace's "now": real time plus `offsetMs`. Share one with the app to move both together. */
export interface WorkspaceClock {
  now(): Date;
  /** Moves the clock ahead by `ms`. */
  advance(ms: number): void | Promise<void>;
  readonly offsetMs: number;
}

export function createClock(offsetMs = 0): WorkspaceClock {
  let offset = offsetMs;
  return {
    now: () => new Date(Date.now() + offset),
    advance(ms) {
      offset += ms;
    },
    get offsetMs() {
      return offset;
    },
  };
}
