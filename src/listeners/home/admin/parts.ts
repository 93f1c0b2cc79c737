import { alarmsPart } from './alarms';
import { areasPart } from './areas';
import { cataloguePart } from './catalogue';
import { channelsPart } from './channels';
import { coversPart } from './covers';
import { failedPart } from './failed';
import { healthPart } from './health';
import { historyPart } from './history';
import { importPart } from './import';
import { overviewPart } from './overview';
import type { Part } from './part';
import { peoplePart } from './people';
import { policiesPart } from './policies';
import { providersPart } from './providers';
import { readsPart } from './reads';
import { reviewPart } from './review';
import { textsPart } from './texts';
import { unroutedPart } from './unrouted';

/** The parts of the admin tab as grouped in its menu; it opens at the very first. */
// biome-ignore format: one a line
export const PART_GROUPS: readonly { readonly label: string; readonly parts: readonly Part[] }[] = [
  {
    label: 'To do',
    parts: [
      overviewPart,
      alarmsPart,
      reviewPart,
      unroutedPart,
      failedPart,
    ],
  },
  {
    label: 'Who and where',
    parts: [
      areasPart,
      providersPart,
      peoplePart,
      coversPart,
      channelsPart,
      importPart,
    ],
  },
  {
    label: 'Rules and words',
    parts: [
      policiesPart,
      cataloguePart,
      textsPart,
    ],
  },
  {
    label: 'Warmline itself',
    parts: [
      historyPart,
      readsPart,
      healthPart,
    ],
  },
];
export const PARTS: readonly Part[] = PART_GROUPS.flatMap(({ parts }) => parts);
