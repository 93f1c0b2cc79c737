import { areasPart } from './areas';
import { channelsPart } from './channels';
import { historyPart } from './history';
import { overviewPart } from './overview';
import type { Part } from './part';
import { peoplePart } from './people';

/** The parts of the admins' tab, in the order of their menu; the first is where it opens. */
export const PARTS: readonly Part[] = [overviewPart, areasPart, peoplePart, channelsPart, historyPart];
