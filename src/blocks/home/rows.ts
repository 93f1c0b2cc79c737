import type { Overflow, SectionBlock } from '@slack/types';
import { seenOutside } from '../../domain/access';
import type { ClockName } from '../../domain/allowance';
import type { Waits } from '../../domain/asks';
import type { CaseFacts } from '../../domain/case';
import { stateWord } from '../../domain/case-words';
import { hearerOf } from '../../domain/hearer';
import { KINDS } from '../../domain/kinds';
import { standing } from '../../domain/move';
import type { MoveType } from '../../domain/moves/declared';
import { outcomeLabel } from '../../domain/outcomes';
import { CASE_MORE_ID, packMore } from '../../slack/ids/case-dialog';
import { MARK } from '../cards/case-card';
import { LATE } from '../cards/clock-lines';
import { buttonWords } from '../case-dialog';
import { section } from '../lines';
import { type CaseRow, continuesIn, subjectFields } from '../lookup/case-row';
import { dateToken, escapeWithin, plainText, userMention } from '../text';

export interface QueueRow extends CaseRow {
  readonly moves: readonly MoveType[];
}

/** How long until then, and when, in the reader's zone: "in 12 minutes (Today at 4:30 PM)". */
const COUNTDOWN = '{ago} ({date_short_pretty} at {time})';
/** How long ago. */
const COUNTED_FROM = '{ago}';
const DOT = '  ·  ';

/** How many possible moves a row offers; the rest is on the card. */
const MOST_OFFERED = 5;

type Owed = Record<Exclude<ClockName, 'snooze'>, string>;
/** What has to happen by a clock's due time, for people who answer for the case, and for the reporter. */
const TO_DO: Owed = {
  acknowledge: 'Acknowledge',
  update: 'Next update',
  callback: 'Callback',
  review: 'Review',
  answer: "Agent's answer",
  sp_contact: 'SP to get back',
  police_number: 'Police report number',
  approval: 'Second approval',
  follow_up: 'Follow-up',
};
const TO_HEAR: Owed = { ...TO_DO, acknowledge: 'Response', answer: 'Your answer' };

/** A case that someone answers for: what is due first, and the first five moves possible there (`at`). */
export function queueRow(row: QueueRow, reader: string, now: Date, at: 'desk' | 'review' = 'desk'): SectionBlock {
  const { sight, moves } = row;
  const record = sight === 'text' ? row.record : seenOutside(row.record);
  const { owner } = record;
  const facts = [
    breaksNext(record, now),
    record.state === 'open' ? null : stateWord(record.state),
    sight === 'text' ? null : 'details are need-to-know',
    owner && owner !== reader && `with ${userMention(owner)}`,
    owner ? null : 'no one owns it',
  ];
  const menu = menuOf(
    record.ref,
    standing((stands) => stands[at]).filter((move) => moves.includes(move)),
  );
  return {
    ...section(`${MARK[record.severity]} ${rowTitle(row)}\n${facts.filter(Boolean).join(DOT)}`, menu),
    ...(sight === 'text' ? { fields: subjectFields(record) } : {}),
  };
}

/** A case that waits for the reader's agreement or approval, with the buttons for that. */
export function waitingRow(row: QueueRow, waits: readonly Waits[]): SectionBlock {
  const lines = waits.map(({ is, by }) => `👥 ${userMention(by)} ${ASKS[is]}`);
  return section([rowTitle(row), ...(row.sight === 'text' ? lines : [])].join('\n'), menuOf(row.record.ref, row.moves));
}
const ASKS: Readonly<Record<Waits['is'], string>> = {
  approval: 'asks you to approve an outcome',
  sanction: 'asks you to agree to lift a suspension or ban',
  legal_hold: 'asks you to agree to lift the legal hold',
};

function menuOf(ref: string, moves: readonly MoveType[]): Overflow | null {
  const offered = moves.slice(0, MOST_OFFERED);
  if (!offered.length) return null;
  return {
    type: 'overflow',
    action_id: CASE_MORE_ID,
    options: offered.map((move) => ({ text: plainText(buttonWords(move), 75), value: packMore(move, ref) })),
  };
}

/** What is due first in a case, for people who answer for it; null if no clock runs. */
export const breaksNext = (record: Pick<CaseFacts, 'clocks'>, now: Date): string | null => due(record, now, TO_DO);

/** The earliest thing owed, or null if no clock runs. */
function due({ clocks }: Pick<CaseFacts, 'clocks'>, now: Date, owed: Owed): string | null {
  const [first] = [...clocks].sort((a, b) => +a.dueAt - +b.dueAt);
  if (!first) return null;
  const at = dateToken(first.dueAt, COUNTDOWN);
  if (first.name === 'snooze') return `💤 wakes ${at}`;
  const what = owed[first.name];
  return first.dueAt <= now
    ? `${LATE} *Overdue:* ${what}, due ${dateToken(first.dueAt, COUNTED_FROM)}`
    : `${what} ${at}`;
}

/** A report for its reporter: its state, who has it, when they will hear, and what they are `asked`. */
export function reportRow(
  row: CaseRow,
  now: Date,
  accessory?: SectionBlock['accessory'],
  asked: string | null = null,
): SectionBlock {
  const { record } = row;
  const { state, owner, resolution, filedAt } = record;
  const hearer = hearerOf(record);
  const facts = [
    due(record, now, TO_HEAR),
    `*${stateWord(state)}*`,
    continuesIn(record),
    resolution && `${outcomeLabel(resolution.outcome)}, ${dateToken(resolution.at)}`,
    !resolution && owner && `with ${userMention(owner)}`,
    `filed ${dateToken(filedAt, '{date_short_pretty}')}`,
  ];
  // In the text: a section's field is half as wide.
  const said = resolution?.text && `${hearer ? `You can tell the ${hearer}: ` : ''}${resolution.text}`;
  const lines = [
    [rowTitle(row), sj(record)].filter(Boolean).join(DOT),
    facts.filter(Boolean).join(DOT),
    said ? escapeWithin(said, 300) : null,
    asked ? `❓ ${escapeWithin(asked, 600)}` : null,
  ];
  return section(lines.filter(Boolean).join('\n'), accessory);
}

const sj = (record: CaseFacts): string | null => (record.sj ? `SJ ${escapeWithin(record.sj, 40)}` : null);

/** The linked reference, and what the case is about; for a need-to-know case, only its kind (domain section 10). */
export function rowTitle({ record, sight, link }: CaseRow): string {
  const ref = link ? `<${link}|${record.ref}>` : record.ref;
  return sight === 'text' ? `*${ref}*  ${escapeWithin(record.title, 200)}` : `🔒 *${ref}*  ${KINDS[record.kind].label}`;
}
