import { RETIRED_UNIQUE_INDEXES } from '../case-indexes';
import type { Migration } from './migration';
import { dropping } from './retired-indexes';

/** Drops the unique index on references once the plain one exists. An earlier release builds its own again. */
export const plainReferenceIndex: Migration = {
  number: 4,
  name: 'plain-reference-index',
  needs: 0,
  ...dropping(RETIRED_UNIQUE_INDEXES),
};
