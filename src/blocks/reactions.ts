import type { KnownBlock } from '@slack/types';
import { KINDS } from '../domain/kinds';
import { packMessage, reportFromId } from '../slack/ids/report-from';
import { SHORTCUT_KINDS } from '../slack/ids/shortcuts';
import { dialogButton } from './case-dialog';
import { actions, button } from './lines';
import { richLines } from './rich-text';

/** The message for someone whose emoji starts to resolve a case: a reaction cannot open a window, a button can. */
export const resolveOffer = (ref: string): KnownBlock[] => [
  richLines([[{ bold: ref }, ': choose what came of it.']]),
  actions({ ...dialogButton('resolve', ref), style: 'primary' }),
];

/** The reports that can be started from a message. */
export const reportOffer = (channel: string, ts: string): KnownBlock[] => [
  richLines([['Start a report from this message?']]),
  actions(...SHORTCUT_KINDS.map((kind) => button(reportFromId(kind), KINDS[kind].label, packMessage(channel, ts)))),
];
