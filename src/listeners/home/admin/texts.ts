import { textsBlocks } from '../../../blocks/home/texts';
import type { Part } from './part';

/** What agents read out at the end of a report. */
export const textsPart: Part = {
  id: 'texts',
  label: 'Closing texts',
  draw: async ({ directory }) => textsBlocks(await directory.texts()),
};
