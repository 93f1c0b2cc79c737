import type { KnownBlock, ModalView } from '@slack/types';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, section } from '../../lines';
import { isolated, plainText } from '../../text';
import { type Choice, choiceElement, homeWindow, lineElement } from './parts';

/** With more areas, the window would exceed Slack's limit. */
const MOST_AREAS = 1000;

export interface RouteWindow {
  readonly memory: WindowMemory;
  /** Why the case has no area. */
  readonly reason: string;
  /** Areas that can take a case. */
  readonly areas: readonly string[];
  /** Its SP, or null. `name`: as in the directory, or null if the account is unknown. */
  readonly sp: { readonly account: string; readonly name: string | null } | null;
  readonly entries: { readonly area: string; readonly teach: boolean; readonly name: string };
  readonly notice?: readonly KnownBlock[];
}

/** Asks which area takes a case, and whether to add that to the directory. */
export function routeWindow({ memory, reason, areas, sp, entries, notice = [] }: RouteWindow): ModalView {
  const window = { title: `Route ${memory.key}`, memory };
  const why: KnownBlock = { type: 'section', text: plainText(reason, 1000) };
  if (!areas.length)
    return homeWindow('route_case', window, [
      why,
      section('No area has both a channel and an Area Manager yet. Set one up under *Areas* first.'),
    ]);
  const choices = areas.slice(0, MOST_AREAS).map((name): Choice => ({ value: name, label: name }));
  return homeWindow('route_case', { ...window, submit: 'Route' }, [
    ...notice,
    why,
    field('area', 'Area', choiceElement(choices, entries.area || null, 'Choose an area'), {
      hint: `Its card moves to the channel of the area, and its Area Manager owns it and is told.${areas.length > MOST_AREAS ? ` The first ${MOST_AREAS} are here; use Reassign on the card for the others.` : ''}`,
    }),
    ...(sp ? teachFields(sp, entries) : []),
  ]);
}

function teachFields(
  { account, name }: NonNullable<RouteWindow['sp']>,
  { teach, name: typed }: RouteWindow['entries'],
): KnownBlock[] {
  const who = name ? `${isolated(name)} (${account})` : account;
  const option = {
    text: plainText(`Add to the directory: ${who} belongs to this area`, 75),
    description: plainText('The next report about it is routed automatically.', 75),
    value: 'yes',
  };
  return [
    field(
      'teach',
      'From now on',
      { type: 'checkboxes', options: [option], ...(teach ? { initial_options: [option] } : {}) },
      { optional: true },
    ),
    ...(name
      ? []
      : [
          field('name', 'Name of the SP', lineElement(typed, 200), {
            optional: true,
            hint: `The directory does not know ${account} yet; it needs a name too.`,
          }),
        ]),
  ];
}
