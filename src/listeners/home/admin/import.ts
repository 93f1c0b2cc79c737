import { importBlocks } from '../../../blocks/home/import';
import type { Part } from './part';

/** Files that are dropped into Slack. */
export const importPart: Part = {
  id: 'import',
  label: 'Import',
  draw: async () => importBlocks(),
};
