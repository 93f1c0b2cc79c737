import type { KnownBlock } from '@slack/types';
import { KINDS } from '../domain/kinds';
import { packMessage, reportFromId } from '../slack/ids/report-from';
import { SHORTCUT_KINDS } from '../slack/ids/shortcuts';
import { dialogButton } from './case-dialog';
import { richLines } from './rich-text';
import { plainText } from './text';

/** The message for someone whose emoji starts to resolve a case: a reaction cannot open a window, a button can. */
export const resolveOffer = (ref: string): KnownBlock[] => [
  richLines([[{ bold: ref }, ': choose what came of it.']]),
  { type: 'actions', elements: [{ ...dialogButton('resolve', ref), style: 'primary' }] },
];

/** The reports that can be started from a message. */
export const reportOffer = (channel: string, ts: string): KnownBlock[] => [
  richLines([['Start a report from this message?']]),
  {
    type: 'actions',
    elements: SHORTCUT_KINDS.map((kind) => ({
      type: 'button' as const,
      action_id: reportFromId(kind),
      text: plainText(KINDS[kind].label),
      value: packMessage(channel, ts),
    })),
  },
];
