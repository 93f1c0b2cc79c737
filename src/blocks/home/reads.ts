import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import type { AccessGrant } from '../../domain/case';
import { spanWords } from '../../domain/moves/ask-access';
import { READ_SPANS, type Read, RIGHT_WORDS, WHERE_WORDS } from '../../domain/reads';
import { amount } from '../../domain/wording';
import { homeArgId, READS_CSV } from '../../slack/ids/home';
import { actions, button, header, note, section } from '../lines';
import { dateToken, escapeWithin, plainText, userMention } from '../text';
import { type Paged, pager } from './frame';
import { argInput, argMenu } from './menu';

interface Reads extends Paged {
  readonly reads: readonly Read[];
  /** Who may read the case in the filter. */
  readonly grants: readonly AccessGrant[];
  readonly args: Readonly<Record<string, string>>;
  /** What was typed is not a reference. */
  readonly fault: boolean;
}

/** How many people with access to a case are named. */
const MOST_GRANTS = 20;

/** Reads of need-to-know cases: by whom, where and by which right; without the cases' text. */
export function readsBlocks({ reads, grants, page, size, total, isMore, args, fault }: Reads): KnownBlock[] {
  const more = grants.length - MOST_GRANTS;
  return [
    header('Who read what'),
    note(
      'Who read which need-to-know case, and why they may; who asked for access, and what came of it. Your visit is on record, too.',
    ),
    caseInput(args.ref ?? ''),
    actions(whoSelect(args.who), span(args.days)),
    actions(csvButton(), ...(args.who ? [everybody()] : [])),
    ...(fault
      ? [section('This is not a reference. Type one such as HRR-000123, or leave it empty for all cases.')]
      : []),
    ...grants
      .slice(0, MOST_GRANTS)
      .map(({ person, by, until }) =>
        section(
          `🔓 ${userMention(person)} may read it until ${dateToken(until)}, by permission of ${userMention(by)}.`,
        ),
      ),
    ...(more > 0 ? [note(`And ${amount(more)} more. The file says who was given access, and when.`)] : []),
    ...(reads.length ? reads.map(readRow) : [section('No reads match this filter.')]),
    ...pager({ page, size, total, isMore }),
  ];
}

const readRow = ({ who, ref, how, at, right, grant, by, hours }: Read): KnownBlock =>
  section(
    [
      userMention(who),
      ref ? `*${escapeWithin(ref, 30)}*` : 'all cases',
      [WHERE_WORDS[how], hours ? `for ${spanWords(hours)}` : '', by && !grant ? `by ${userMention(by)}` : '']
        .filter(Boolean)
        .join(' '),
      right ? RIGHT_WORDS[right] : '',
      grant ? `given by ${userMention(grant.by)} until ${dateToken(grant.until)} (event ${grant.seq})` : '',
      dateToken(at),
    ]
      .filter(Boolean)
      .join('  ·  '),
  );

const caseInput = (typed: string): KnownBlock =>
  argInput({
    block: 'reads_ref',
    arg: 'ref',
    label: 'Case',
    placeholder: 'Reference, then Enter; empty for all cases',
    most: 30,
    typed,
  });
const whoSelect = (who: string | undefined) => ({
  type: 'users_select' as const,
  action_id: homeArgId('who'),
  placeholder: plainText('By whom'),
  ...(who ? { initial_user: who } : {}),
});

const span = (days: string | undefined): StaticSelect =>
  argMenu(
    'days',
    'When',
    [
      { value: 'all', label: 'At any time' },
      ...READ_SPANS.map((one) => ({ value: String(one), label: one === 1 ? 'Last 24 hours' : `Last ${one} days` })),
    ],
    days,
  );

const csvButton = (): Button => button(READS_CSV, 'Download CSV');
const everybody = (): Button => button(homeArgId('who'), 'By everyone', '');
