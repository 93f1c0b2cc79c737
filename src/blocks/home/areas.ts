import type { KnownBlock } from '@slack/types';
import type { Area } from '../../domain/directory';
import { amount, capital } from '../../domain/wording';
import type { ChannelState } from '../../domain/workspace';
import { homeArgId } from '../../slack/ids/home';
import { HOME_MORE, homeWindowId, packHomeMore } from '../../slack/ids/home-window';
import { literalSection } from '../lines';
import { channelMention, escapeWithin, mrkdwn, plainText, userMention } from '../text';
import { pager } from './frame';

export interface AreaRow {
  readonly area: Area;
  readonly channel: ChannelState;
  readonly fallback: ChannelState;
  /** Its people with a deactivated Slack account. */
  readonly gone: readonly string[];
}
interface Areas {
  readonly rows: readonly AreaRow[];
  readonly page: number;
  readonly size: number;
  readonly total: number;
  /** A search text for the names; empty for all. */
  readonly find: string;
}

/** A page of the directory's areas, each with its problems. */
export function areasBlocks({ rows, page, size, total, find }: Areas): KnownBlock[] {
  const add: KnownBlock = {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: homeWindowId('area'),
        text: plainText('Add an area'),
        ...(total ? {} : { style: 'primary' as const }),
      },
      { type: 'button', action_id: homeWindowId('import'), text: plainText('Import a file'), value: 'areas' },
    ],
  };
  const search: KnownBlock[] =
    total > size || find
      ? [
          {
            type: 'input',
            block_id: 'area_find',
            dispatch_action: true,
            optional: true,
            label: plainText('Find an area'),
            element: {
              type: 'plain_text_input',
              action_id: homeArgId('find'),
              placeholder: plainText('Part of its name, then Enter'),
              max_length: 75,
              ...(find ? { initial_value: find.slice(0, 75) } : {}),
            },
          },
        ]
      : [];
  if (!rows.length)
    return [
      { type: 'header', text: plainText('Areas') },
      ...search,
      literalSection(
        find
          ? 'No area name contains that.'
          : 'There is no area yet. An area is a territory: its channel gets the cards, its Area Manager owns them. Add the first one, or import a file of them.',
      ),
      add,
    ];
  return [
    { type: 'header', text: plainText(`Areas (${amount(total)})`) },
    ...search,
    ...rows.map(areaRow),
    ...pager({ page, size, total }),
    add,
  ];
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
    accessory: {
      type: 'overflow',
      action_id: HOME_MORE,
      options: [
        { text: plainText('Change'), value: packHomeMore('area', name) },
        { text: plainText('Remove'), value: packHomeMore('area_remove', name) },
      ],
    },
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
