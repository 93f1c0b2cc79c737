import type { KnownBlock, SectionBlock } from '@slack/types';
import type { Page } from '../../domain/desk';
import type { FailedLetter } from '../../domain/letters';
import type { Content } from '../../domain/mailbox';
import { isMachine, type Lane, slackLane, targetFault } from '../../domain/targets';
import { amount, capital } from '../../domain/wording';
import { FAILED_MORE, FAILED_RETRY_ALL, type Failed, packFailed, type RemedyId } from '../../slack/ids/failed';
import { button, header, note, section } from '../lines';
import type { CaseRow } from '../lookup/case-row';
import { dateToken, escapeWithin, mrkdwn, placeWords, plainText } from '../text';
import { pager } from './frame';
import { rowTitle } from './rows';

export interface FailedRow extends CaseRow {
  /** The address that was not reached. */
  readonly lane: Lane;
  readonly what: readonly Content['type'][];
  readonly fault: string;
}
interface FailedPart {
  /** By case: a page of cases may have more rows. */
  readonly cases: Page<FailedRow>;
  readonly size: number;
  readonly letters: readonly FailedLetter[];
  readonly letterCount: number;
}

/** How many rows are drawn: if a case's messages fail everywhere, the cause is the same. */
const MOST_ROWS = 30;
/** Slack's own limit of characters in a block's id. */
const MOST_ID = 255;
const LABELS: Record<RemedyId, string> = { retry: 'Try again', redirect: 'Send elsewhere …', dismiss: 'Dismiss …' };

/** Failed messages: whom they did not reach, why, and how to fix it. */
export function failedBlocks({ cases, size, letters, letterCount }: FailedPart): KnownBlock[] {
  const { rows, page, total, isMore } = cases;
  const title = header('Could not be delivered');
  if (!total && !letterCount)
    return [title, section(':white_check_mark: Every message has arrived, or is on its way.')];
  const more = rows.length - MOST_ROWS;
  return [
    title,
    section(
      'The cases themselves are kept. Fix the cause, then try again. Anything that fails again comes back here.',
      button(FAILED_RETRY_ALL, 'Try all again', 'all'),
    ),
    ...rows.slice(0, MOST_ROWS).map(caseRow),
    ...(more > 0 ? [note(`${more} more of these cases`)] : []),
    ...pager({ page, size, total, isMore }),
    ...letterBlocks(letters, letterCount),
  ];
}

function caseRow(row: FailedRow): KnownBlock {
  const { record, lane, what, fault } = row;
  const words = capital([...new Set(what.map((type) => WHAT[type]))].join(', '));
  return {
    type: 'section',
    ...menu({ ref: record.ref, lane }, isMachine(lane) ? ['retry', 'dismiss'] : ['retry', 'redirect', 'dismiss']),
    text: mrkdwn(`${rowTitle(row)}\n${words} → ${placeWords(lane)}\n⚠️ ${faultWords(fault)}`),
  };
}

function letterBlocks(letters: readonly FailedLetter[], count: number): KnownBlock[] {
  if (!count) return [];
  return [
    { type: 'divider' },
    ...letters.map(
      ({ id, to, what, fault, failedAt, isKept }): KnownBlock => ({
        type: 'section',
        ...menu({ letter: id }, isKept ? ['retry', 'redirect', 'dismiss'] : ['dismiss']),
        text: mrkdwn(
          `*${what}* → ${placeWords(slackLane(to))}  ·  given up ${dateToken(failedAt)}\n⚠️ ${faultWords(fault)}`,
        ),
      }),
    ),
    ...(count > letters.length ? [note(`The newest ${letters.length} of ${amount(count)}.`)] : []),
  ];
}

/** The block's id identifies the message; if it is too long for an id, only *Try all again* works. */
function menu(failed: Failed, offered: readonly RemedyId[]): Pick<SectionBlock, 'block_id' | 'accessory'> {
  const id = packFailed(failed);
  if (id.length > MOST_ID) return {};
  const options = offered.map((remedy) => ({ text: plainText(LABELS[remedy]), value: remedy }));
  return { block_id: id, accessory: { type: 'overflow', action_id: FAILED_MORE, options } };
}

const WHAT: Record<Content['type'], string> = {
  card: 'the card',
  redraw: 'the newest state of the card',
  line: 'a line of the thread',
  story: 'what happened before the card moved',
  evidence: 'a file of evidence',
  unshared: 'notice of a file that could not be shared',
  dm: 'a message',
  nudge: 'a reminder',
  notice: 'a request to leadership',
  event: 'an event',
  told: 'what the SP is told',
  sanction: 'what the case set for its SP',
  decision: 'what the case decided about another one',
  access: 'an entry of the access log',
  more: 'notice of more messages',
  dead_letter: 'notice of a failed message',
};

const NOT_THERE = 'Warmline is not in the channel: type `/invite @Warmline` there.';
const NO_ACCOUNT = 'The account is no longer in use.';
const REINSTALL = 'the app lacks files:read, or must be reinstalled. Then try again.';
const REINSTALL_FOR_MORE = 'give it the scopes of its manifest and reinstall it.';
const FAULTS: Readonly<Record<string, string>> = {
  channel_not_found: 'Warmline sees no such channel: invite it there, if the channel is private.',
  shared_outside: 'Another company reads the channel: end the sharing, or choose another under Admin, Channels.',
  made_public: 'The channel is no longer private: make it private, or choose another under Admin, Channels.',
  is_archived: 'The channel is archived: unarchive it.',
  not_in_channel: NOT_THERE,
  user_not_in_channel: NOT_THERE,
  user_not_found: NO_ACCOUNT,
  users_not_found: NO_ACCOUNT,
  user_disabled: NO_ACCOUNT,
  user_not_visible: NO_ACCOUNT,
  restricted_action: 'Only some people can post in the channel: allow Warmline to, in the channel settings.',
  messages_tab_disabled: "Messages to Warmline are turned off in the Slack app's settings, under App Home.",
  user_team_not_in_channel: NOT_THERE,
  file_no_access: `Slack showed a sign-in page instead of the file: ${REINSTALL}`,
  file_empty: `Slack returned nothing of the file: ${REINSTALL}`,
  file_cut_short: `Slack returned only part of the file: ${REINSTALL}`,
  file_not_itself: `Slack returned something other than the file: ${REINSTALL}`,
  file_gone: 'Slack no longer has the file. The person who filed the report can send it again.',
  file_too_large: 'The file is larger than the 10 MB that a form takes.',
  missing_scope: `The app lacks a permission: ${REINSTALL_FOR_MORE}`,
  no_permission: `The app lacks a permission: ${REINSTALL_FOR_MORE}`,
  not_allowed_token_type: `The app lacks a permission: ${REINSTALL_FOR_MORE}`,
};
/** Slack's reason, and how to fix it if known. */
const faultWords = (fault: string) => {
  const words = FAULTS[fault] ?? targetFault(fault);
  const code = escapeWithin(fault, 200);
  return words ? `${words}  \`${code}\`` : `The answer was \`${code}\`.`;
};
