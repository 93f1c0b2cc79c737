import type { KnownBlock } from '@slack/types';

/** A message in words. `text` is what notifications and screen readers get, and all there is of one without blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}
