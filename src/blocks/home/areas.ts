import type { KnownBlock } from '@slack/types';
import type { Area } from '../../domain/directory';
import { amount, capital } from '../../domain/wording';
import type { ChannelState } from '../../domain/workspace';
import { homeWindowId } from '../../slack/ids/home-window';
import { actions, button, header, literalSection } from '../lines';
import { channelMention, escapeWithin, mrkdwn, userMention } from '../text';
import { type Paged, pager } from './frame';
import { argInput, rowMenu } from './menu';

export interface AreaRow {
  readonly area: Area;
  readonly channel: ChannelState;
  readonly fallback: ChannelState;
  /** Its people with a deactivated Slack account. */
  readonly gone: readonly string[];
}
interface Areas extends Paged {
  readonly rows: readonly AreaRow[];
  /** A search text for the names; empty for all. */
  readonly find: string;
}

/** A page of the directory's areas, each with its problems. */
export function areasBlocks({ rows, page, size, total, find }: Areas): KnownBlock[] {
  const add: KnownBlock = actions(
    { ...button(homeWindowId('area'), 'Add an area'), ...(total ? {} : { style: 'primary' as const }) },
    button(homeWindowId('import'), 'Import a file', 'areas'),
  );
  const search: KnownBlock[] =
    total > size || find
      ? [
          argInput({
            block: 'area_find',
            arg: 'find',
            label: 'Find an area',
            placeholder: 'Part of its name, then Enter',
            most: 75,
            typed: find,
          }),
        ]
      : [];
  if (!rows.length)
    return [
      header('Areas'),
      ...search,
      literalSection(
        find
          ? 'No area name contains that.'
          : 'There is no area yet. An area is a territory: its channel gets the cards, its Area Manager owns them. Add the first one, or import a file of them.',
      ),
      add,
    ];
  return [header(`Areas (${amount(total)})`), ...search, ...rows.map(areaRow), ...pager({ page, size, total }), add];
}

function areaRow({ area, channel, fallback, gone }: AreaRow): KnownBlock {
  const { name, timeZone, areaManager, deputy, manager, fallbackChannel } = area;
  const person = (label: string, id: string | null) => (id ? [`${label} ${userMention(id)}`] : []);
  const who = [
    areaManager ? `Area Manager ${userMention(areaManager)}` : ':warning: No Area Manager: no one owns its cases',
    ...person('deputy', deputy),
    ...person('their manager', manager),
  ];
  const where = area.channel
    ? `Cards in ${channelWords(area.channel, channel)}`
    : ':warning: No channel: its cards go to the fallback';
  const lines = [
    `*${escapeWithin(name, 200)}*  ·  ${escapeWithin(timeZone, 60)}`,
    where,
    ...stateLine(channel),
    who.join('  ·  '),
    ...(gone.length ? [`:warning: ${gone.map(userMention).join(' and ')} left: choose someone who works here.`] : []),
    ...(fallbackChannel ? [`Fallback ${channelWords(fallbackChannel, fallback)}`, ...stateLine(fallback)] : []),
  ];
  return {
    type: 'section',
    block_id: `area:${name.slice(0, 200)}`,
    text: mrkdwn(lines.join('\n')),
    accessory: rowMenu(name, ['Change', 'area'], ['Remove', 'area_remove']),
  };
}

/** A channel and its state: a private one by its name, because its mention works only for its members. */
export function channelWords(channel: string, state: ChannelState): string {
  const { privateName = null, sharedWith = null } = 'privateName' in state ? state : {};
  const name = privateName ? `:lock: ${escapeWithin(privateName, 80)}` : channelMention(channel);
  return `${name} ${sharedWith ? ':link: ' : ''}${stateMark(state)}`;
}
const stateMark = ({ is }: ChannelState): string =>
  ({
    fine: ':white_check_mark:',
    fault: ':x:',
    checking: '_checking…_',
    unknown: '_Slack is not answering right now_',
  })[is];
export function stateLine(state: ChannelState): readonly string[] {
  if (state.is === 'fault') return [`:warning: ${escapeWithin(capital(state.reason), 300)}.`];
  if (state.is !== 'fine' || !state.sharedWith) return [];
  return [`:warning: Shared with ${escapeWithin(state.sharedWith, 200)}: their people can read what is posted here.`];
}
