import type { KnownBlock } from '@slack/types';

/** A message. `text` is for notifications and screen readers, and the whole message if there are no blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}
