import { derivedCaseFields } from './0001-derived-case-fields';
import { providerWords } from './0002-provider-words';
import { retiredCaseIndexes } from './0003-retired-case-indexes';
import { plainReferenceIndex } from './0004-plain-reference-index';
import type { Migration } from './migration';

/** Every step, in order, one per line. Released steps are never changed or removed. */
export const MIGRATIONS: readonly Migration[] = [
  derivedCaseFields,
  providerWords,
  retiredCaseIndexes,
  plainReferenceIndex,
];
