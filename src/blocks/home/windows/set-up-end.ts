import type { KnownBlock, ModalView } from '@slack/types';
import { MOST_COUNTED, type SetUpEnd } from '../../../domain/set-up';
import { amount } from '../../../domain/wording';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { section } from '../../lines';
import { escapeWithin } from '../../text';
import { CHANNEL_LABELS } from '../config-words';
import { homeWindow } from './parts';

/** The result of the set-up: what is ready, what could still be added, and what to do first. */
export const setUpEndWindow = (memory: WindowMemory, end: SetUpEnd): ModalView =>
  homeWindow('set_up_end', { title: 'Warmline is set up', submit: 'Done', close: 'Later', memory }, [
    listed('Ready', readyLines(end)),
    listed('Not set, and worth a look', missingLines(end)),
    listed('Do this first', FIRST),
  ]);

const listed = (title: string, lines: readonly string[]): KnownBlock =>
  section(`*${title}*\n${lines.map((line) => `• ${line}`).join('\n')}`);

const count = (number: number, one: string, many: string) =>
  `${amount(number)}${number >= MOST_COUNTED ? '+' : ''} ${number === 1 ? one : many}`;

const readyLines = ({ areas, providers, unfinished }: SetUpEnd): string[] => [
  `${count(areas - unfinished.length, 'area', 'areas')} with a channel and an Area Manager: cards go there`,
  `${count(providers, 'SP', 'SPs')}: an agent types the account, and the area follows`,
  'The channels and the people that each kind of report needs',
  'The policy, which you looked over, and a first report that went all the way',
];

function missingLines({ unfinished, alone, channels, holidays }: SetUpEnd): string[] {
  const lines = [
    unfinished.length && `No channel or no Area Manager: ${named(unfinished)} (*Areas*)`,
    alone.length && `No deputy, so that no one acts while the Area Manager is away: ${named(alone)} (*Areas*)`,
    channels.length &&
      `Channels that are not set; each says what happens without it: ${named(channels.map((name) => CHANNEL_LABELS[name]))} (*Channels*)`,
    !holidays && 'No public holidays: clocks run on them (*Policies*, calendars)',
  ].filter((line) => typeof line === 'string');
  return lines.length ? lines : ['Nothing: all of it is there'];
}

const MOST_NAMES = 6;
function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${escapeWithin(names.slice(0, MOST_NAMES).join(', '), 400)}${more > 0 ? ` and ${more} more` : ''}`;
}

const FIRST: readonly string[] = [
  'Void the report that you filed as a test (its card, *More*): figures and scorecards then leave it out',
  'Tell agents of `/warmline help`, and Area Managers that *Acknowledge* on a card is their first step',
  'Look at *Overview* tomorrow: what waits for an admin stands there, and alarms come as a DM',
];
