import { alarmsPart } from './alarms';
import { areasPart } from './areas';
import { cataloguePart } from './catalogue';
import { channelsPart } from './channels';
import { failedPart } from './failed';
import { healthPart } from './health';
import { historyPart } from './history';
import { importPart } from './import';
import { overviewPart } from './overview';
import type { Part } from './part';
import { peoplePart } from './people';
import { policiesPart } from './policies';
import { providersPart } from './providers';
import { reviewPart } from './review';
import { textsPart } from './texts';
import { unroutedPart } from './unrouted';

/** The parts of the admins' tab, in the order of their menu; the first is where it opens. */
export const PARTS: readonly Part[] = [
  overviewPart,
  alarmsPart,
  reviewPart,
  unroutedPart,
  failedPart,
  areasPart,
  providersPart,
  peoplePart,
  channelsPart,
  policiesPart,
  cataloguePart,
  textsPart,
  importPart,
  historyPart,
  healthPart,
];
