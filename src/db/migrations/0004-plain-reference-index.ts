import { RETIRED_UNIQUE_INDEXES } from '../case-indexes';
import type { Migration } from './migration';
import { dropping } from './retired-indexes';

/** The unique index on references goes once the plain one stands in its place. An earlier release builds its own again. */
export const plainReferenceIndex: Migration = {
  number: 4,
  name: 'plain-reference-index',
  needs: 0,
  ...dropping(RETIRED_UNIQUE_INDEXES),
};
