import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { Page } from '../../domain/desk';
import { formOf } from '../../domain/forms';
import type { Answers } from '../../domain/forms/form';
import { CASE_KINDS, KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import { allowedMoves } from '../../domain/move';
import { dialogButtonId } from '../../slack/ids/case-dialog';
import { HOME_DISCARD, HOME_SEARCH, homeFormId, packDraft } from '../../slack/ids/desk';
import { PREFERENCES_OPEN } from '../../slack/ids/preferences';
import { actions, button, header, section } from '../lines';
import type { CaseRow } from '../lookup/case-row';
import { dateToken, escapeWithin, plainText } from '../text';
import { pager } from './frame';
import { reportRow } from './rows';

/** A form that was begun and not filed. */
interface Begun {
  readonly kind: CaseKind;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly answers: Answers;
}

/** Questions of the review that wait for this person's answer; nothing if there are none. */
export const questionBlocks = (questions: readonly CaseRow[], now: Date): KnownBlock[] =>
  questions.length
    ? [header(questions.length === 1 ? 'A question for you' : 'Questions for you'), ...questions.map(question(now))]
    : [];

const question =
  (now: Date) =>
  (row: CaseRow): KnownBlock => {
    const { ref, question: asked } = row.record;
    const answer: Button = { ...button(dialogButtonId('answer'), 'Answer', ref), style: 'primary' };
    return reportRow(row, now, answer, row.sight === 'text' ? (asked?.text ?? null) : null);
  };

/** A button for every form. */
export const startBlocks = (): KnownBlock[] => [
  header('Start a report'),
  actions(...CASE_KINDS.map((kind) => button(homeFormId(kind), KINDS[kind].label, kind))),
];

export const habitsBlocks = (): KnownBlock[] => [actions(button(PREFERENCES_OPEN, 'Your preferences …'))];

/** Unfinished forms, each with buttons to continue and to discard; nothing if there are none. */
export const draftBlocks = (drafts: readonly Begun[]): KnownBlock[] =>
  drafts.length ? [header('Continue a draft'), ...drafts.flatMap(draft)] : [];

function draft({ kind, startedAt, updatedAt, answers }: Begun): [KnownBlock, ActionsBlock] {
  const form = formOf(kind);
  const number = (name: string, question: string) =>
    answers[question] ? `${name} ${escapeWithin(String(answers[question]), 40)}` : null;
  const facts = [
    `*${form.title}*`,
    number('SP', form.spQuestion),
    number('SJ', form.sjQuestion),
    `kept ${dateToken(updatedAt)}`,
  ];
  return [
    section(`📝 ${facts.filter(Boolean).join('  ·  ')}`),
    actions(
      { ...button(homeFormId(kind), 'Continue', kind), style: 'primary' },
      {
        ...button(HOME_DISCARD, 'Discard', packDraft(kind, startedAt)),
        confirm: {
          title: plainText('Discard this draft?'),
          text: plainText(`What you entered in "${form.title}" will be deleted. Nothing was filed from it.`),
          confirm: plainText('Discard'),
          deny: plainText('Keep it'),
          style: 'danger',
        },
      },
    ),
  ];
}

export interface ReportsHome {
  readonly open: Page<CaseRow>;
  readonly resolved: readonly CaseRow[];
  readonly size: number;
  readonly now: Date;
}

/** The state of someone's reports, and the results of those resolved lately. */
export const reportBlocks = ({ open, resolved, size, now }: ReportsHome): KnownBlock[] => [
  header('My open reports'),
  ...(open.rows.length || open.page > 0
    ? open.rows.map((row) => reportRow(row, now))
    : [
        section(
          resolved.length
            ? 'You have no open reports.'
            : 'Nothing yet. Press a button above, or type `/sp-feedback` in any channel, to file your first report: it goes to the Area Manager of the SP, and you get a DM when it is acknowledged and when it is resolved.',
        ),
      ]),
  ...pager({ ...open, size }),
  ...(resolved.length
    ? [header('Resolved in the last 7 days'), ...resolved.map((row) => reportRow(row, now, disputeOf(row)))]
    : []),
];

const disputeOf = ({ record }: CaseRow): Button | undefined =>
  allowedMoves(record).includes('dispute') ? button(dialogButtonId('dispute'), 'Dispute', record.ref) : undefined;

/** Everything that someone filed, newest first. */
export const filedBlocks = (filed: Page<CaseRow>, size: number, now: Date): KnownBlock[] => [
  header('My reports'),
  ...(filed.rows.length
    ? filed.rows.map((row) => reportRow(row, now))
    : [section('Nothing yet. *My desk* has a button for every report you can file.')]),
  ...pager({ ...filed, size }),
  ...(filed.total > size ? [search] : []),
];

/** A list of several pages is easier to search. */
const search: ActionsBlock = actions(button(HOME_SEARCH, 'Search …'));
