import { RETIRED_INDEXES } from '../case-indexes';
import type { Migration } from './migration';
import { dropping } from './retired-indexes';

/** Drops indexes without queries, by name, once their replacements exist. An earlier release builds its own again. */
export const retiredCaseIndexes: Migration = {
  number: 3,
  name: 'retired-case-indexes',
  needs: 0,
  ...dropping(RETIRED_INDEXES),
};
