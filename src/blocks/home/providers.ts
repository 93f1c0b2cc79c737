import type { KnownBlock } from '@slack/types';
import type { ServiceProvider } from '../../domain/directory';
import type { SpHold } from '../../domain/sp-hold';
import { type SeenStanding, STANDING_WORDS } from '../../domain/sp-standing';
import { amount } from '../../domain/wording';
import { STANDINGS_CSV } from '../../slack/ids/home';
import { homeWindowId } from '../../slack/ids/home-window';
import { actions, button, header, literalSection, note } from '../lines';
import { richLines } from '../rich-text';
import { holdParts } from '../sp-hold';
import { standingParts } from '../sp-standing';
import { escapeWithin, mrkdwn, plainText } from '../text';
import { type Paged, pager } from './frame';
import { argInput } from './menu';

interface Providers extends Paged {
  readonly rows: readonly ServiceProvider[];
  /** The search text; empty for all. */
  readonly find: string;
  /** The standing of each, by account. */
  readonly standings: ReadonlyMap<string, SeenStanding>;
  /** Those on legal hold, by account. */
  readonly holds: ReadonlyMap<string, SpHold>;
  /** The existing areas. */
  readonly areas: ReadonlySet<string>;
}

/** The SP directory: a page of all SPs, or of search results. */
export function providersBlocks({
  rows,
  page,
  size,
  total,
  isMore,
  find,
  standings,
  holds,
  areas,
}: Providers): KnownBlock[] {
  const isEmpty = !find && total === 0;
  const count = `${amount(total)}${isMore ? '+' : ''}`;
  const none = isEmpty
    ? 'There are no SPs yet. The directory gives the area of each SP account, and so who gets its reports. Import a file of SPs, or add the first one.'
    : 'No SP account or name starts with that. Check the number, or add the SP.';
  return [
    header(find ? `SPs found (${count})` : `SPs (${count})`),
    ...(isEmpty ? [] : [searchInput(find)]),
    ...(rows.length
      ? rows.flatMap((row) =>
          providerRow(row, standings.get(row.account) ?? null, holds.get(row.account) ?? null, areas),
        )
      : [literalSection(none)]),
    ...pager({ page, size, total, isMore }),
    ...(isMore && find ? [note('There are more: type more of the account or name.')] : []),
    actions(
      { ...button(homeWindowId('provider'), 'Add an SP'), ...(isEmpty ? { style: 'primary' as const } : {}) },
      button(homeWindowId('import'), 'Import a file', 'sps'),
      ...(isEmpty ? [] : [button(STANDINGS_CSV, 'Standings and bans as CSV')]),
    ),
  ];
}

const searchInput = (find: string): KnownBlock =>
  argInput({
    block: 'provider_find',
    arg: 'find',
    label: 'Find an SP',
    placeholder: 'Account number or name, or its first part, then Enter',
    most: 100,
    typed: find,
  });

function providerRow(
  { account, name, area, phone, email, status }: ServiceProvider,
  standing: SeenStanding | null,
  hold: SpHold | null,
  areas: ReadonlySet<string>,
): KnownBlock[] {
  const facts = [escapeWithin(area, 200), status === 'active' ? 'active' : `:no_entry_sign: ${STANDING_WORDS[status]}`];
  const contact = [phone, email].filter(Boolean).join('\n');
  const lines = [
    [`*${escapeWithin(account, 100)}*`, ...facts].join('  ·  '),
    ...(areas.has(area) ? [] : [':warning: This area does not exist: its reports wait in the unrouted queue.']),
  ];
  // What cases have set; the directory's own status is in its line.
  const set = [
    ...(standing && (standing.ref || standing.banned.length) ? standingParts(standing) : []),
    ...(hold ? holdParts(hold, true) : []),
  ];
  return [
    {
      type: 'section',
      text: mrkdwn(lines.join('\n')),
      fields: [plainText(name, 500), ...(contact ? [plainText(contact, 500)] : [])],
      accessory: button(homeWindowId('provider'), 'Change', account),
    },
    ...(set.length ? [richLines(set)] : []),
  ];
}
