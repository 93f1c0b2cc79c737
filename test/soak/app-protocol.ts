/** Requests of the driver to an instance, over Node's channel to a child process. */
export type Ask =
  /** Sets the instance's clock off from the machine's by this many ms. */
  { readonly ask: 'clock'; readonly offsetMs: number } | { readonly ask: 'jobs' } | { readonly ask: 'memory' };

export type Answer = { readonly is: 'ready' } | { readonly is: 'memory'; readonly usedMb: number };
