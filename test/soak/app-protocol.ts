/** What the driver asks of an instance, over the channel that Node keeps between a process and its child. */
export type Ask =
  /** Sets the instance's clock, away from the machine's by so many ms. */
  { readonly ask: 'clock'; readonly offsetMs: number } | { readonly ask: 'jobs' } | { readonly ask: 'memory' };

export type Answer = { readonly is: 'ready' } | { readonly is: 'memory'; readonly usedMb: number };
