import type { KnownBlock } from '@slack/types';
import type { ConfigEvent } from '../../../domain/configuration';
import { remark, section } from '../../lines';
import { conflictWords } from '../config-words';

/** The notice at the top of a window if someone else changed its subject meanwhile. */
export const conflictNotice = (events: readonly ConfigEvent[]): KnownBlock[] => [
  section(
    `:warning: *Someone else changed this in the meantime.*\n${conflictWords(events) || 'It was changed back to what it was.'}`,
  ),
  remark(
    'Your changes are not saved yet. Below is the current version with your changes in it: press the button again to save it.',
  ),
  { type: 'divider' },
];

/** Below a field with targets: those that are not set up. */
export const unsetBlocks = (unset: readonly string[]): KnownBlock[] => unset.map((text) => remark(`:warning: ${text}`));
