import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import type { AccessGrant } from '../../domain/case';
import { spanWords } from '../../domain/moves/ask-access';
import { READ_SPANS, type Read, RIGHT_WORDS, WHERE_WORDS } from '../../domain/reads';
import { homeArgId, READS_CSV } from '../../slack/ids/home';
import { dateToken, escapeWithin, mrkdwn, plainText, userMention } from '../text';
import { pager } from './frame';
import { optionOf } from './windows/parts';

interface Reads {
  readonly reads: readonly Read[];
  /** Who may read the case now that the filter names. */
  readonly grants: readonly AccessGrant[];
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly isMore: boolean;
  readonly args: Readonly<Record<string, string>>;
  /** What was typed is no reference. */
  readonly fault: boolean;
}

/** That need-to-know cases were read, by whom, where and by which right; nothing of what is in them. */
export function readsBlocks({ reads, grants, page, size, total, isMore, args, fault }: Reads): KnownBlock[] {
  return [
    { type: 'header', text: plainText('Who read what') },
    {
      type: 'context',
      elements: [
        plainText(
          'That a need-to-know case was read, and by which right; who asked for access, and what became of it. Your look is on record, too.',
        ),
      ],
    },
    caseInput(args.ref ?? ''),
    { type: 'actions', elements: [whoSelect(args.who), span(args.days)] },
    { type: 'actions', elements: [csvButton(), ...(args.who ? [everybody()] : [])] },
    ...(fault ? [line('This is no reference. Type one such as HRR-000123, or leave it empty for all cases.')] : []),
    ...grants.map(({ person, by, until }) =>
      line(`🔓 ${userMention(person)} may read it until ${dateToken(until)}, by leave of ${userMention(by)}.`),
    ),
    ...(reads.length ? reads.map(readRow) : [line('Nothing here fits.')]),
    ...pager({ page, size, total, isMore }),
  ];
}

const line = (text: string): KnownBlock => ({ type: 'section', text: mrkdwn(text) });

const readRow = ({ who, ref, how, at, right, grant, by, hours }: Read): KnownBlock =>
  line(
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

const caseInput = (typed: string): KnownBlock => ({
  type: 'input',
  block_id: 'reads_ref',
  dispatch_action: true,
  optional: true,
  label: plainText('Case'),
  element: {
    type: 'plain_text_input',
    action_id: homeArgId('ref'),
    placeholder: plainText('Reference, then Enter; empty for all cases'),
    max_length: 30,
    ...(typed ? { initial_value: typed.slice(0, 30) } : {}),
  },
});

const whoSelect = (who: string | undefined) => ({
  type: 'users_select' as const,
  action_id: homeArgId('who'),
  placeholder: plainText('By whom'),
  ...(who ? { initial_user: who } : {}),
});

function span(days: string | undefined): StaticSelect {
  const options = [
    { value: 'all', label: 'At any time' },
    ...READ_SPANS.map((one) => ({ value: String(one), label: one === 1 ? 'Last 24 hours' : `Last ${one} days` })),
  ].map(optionOf);
  const initial = options.find(({ value }) => value === days) ?? options[0];
  return {
    type: 'static_select',
    action_id: homeArgId('days'),
    placeholder: plainText('When'),
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}

const csvButton = (): Button => ({ type: 'button', action_id: READS_CSV, text: plainText('Download CSV') });
const everybody = (): Button => ({
  type: 'button',
  action_id: homeArgId('who'),
  text: plainText('By everyone'),
  value: '',
});
