import { DateTime } from 'luxon';
import { sjNumber, spName } from '../../../blocks/subject';
import { truncate } from '../../../blocks/text';
import { isRestricted } from '../../../domain/access';
import type { ClockName } from '../../../domain/allowance';
import type { CaseFacts } from '../../../domain/case';
import type { CaseEvent } from '../../../domain/event';
import { KINDS } from '../../../domain/kinds';

/** A mail's text. Its subject contains nothing that a person typed. */
export interface MailWords {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const ASKED: Readonly<Record<ClockName, string>> = {
  acknowledge: 'Acknowledge this case.',
  update: 'Say where this case stands: an update was promised.',
  callback: 'Call the customer back, as promised.',
  review: 'Review this exception.',
  answer: 'Answer the question about this report.',
  sp_contact: 'Log what the SP said, or try them again.',
  snooze: 'Continue with this case: its snooze is over.',
  police_number: 'Add the police report number.',
  follow_up: 'Check that what was done has worked, and say so on the case.',
  approval: 'Approve or refuse the outcome that was asked for.',
};
const LONGEST_NOTE = 1000;
const WHEN = "ccc, LLL d 'at' h:mm a ZZZZ";

/**
 * What a mailbox is told about an event of a case: what is asked, of which case, by when, and a link to the card. For a
 * need-to-know case, only that it exists (domain section 10). `timeZone`: the reader's. Null if there is nothing to
 * say.
 */
export function mailWords(
  facts: CaseFacts,
  event: CaseEvent | { readonly type: 'more'; readonly count: number },
  link: string | null,
  timeZone: string,
): MailWords | null {
  const said = askedBy(event);
  if (!said) return null;
  const { ref, kind } = facts;
  const when = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US').toFormat(WHEN);
  const isSecret = isRestricted(kind);
  const rows: [string, string][] = isSecret
    ? [['Reference', ref]]
    : [
        ['Reference', ref],
        ['SP', spName(facts)],
        ['SJ', sjNumber(facts)],
        ...(said.dueAt ? [['By', when(said.dueAt)] as [string, string]] : []),
      ];
  const asked = isSecret ? 'A need-to-know case waits for you. Its text is only in Slack.' : said.asked;
  const note = isSecret || !said.note ? null : truncate(said.note, LONGEST_NOTE);
  const where = link ?? 'Open the case in Slack: type /case and the reference.';
  const subject = isSecret
    ? `${ref}: a need-to-know case waits for you`
    : `${ref}: ${KINDS[kind].label} – ${said.short}`;
  return {
    subject,
    text: [
      asked,
      '',
      ...rows.map(([name, value]) => `${name}: ${oneLine(value)}`),
      ...(note ? ['', note] : []),
      '',
      where,
      '',
      SIGNED,
    ].join('\n'),
    html: [
      '<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:15px;color:#1d1c1d">',
      `<p><strong>${escapeHtml(asked)}</strong></p><table cellpadding="0">`,
      ...rows.map(
        ([name, value]) =>
          `<tr><th align="left" style="padding-right:16px">${escapeHtml(name)}</th><td>${escapeHtml(oneLine(value))}</td></tr>`,
      ),
      '</table>',
      ...(note ? [`<blockquote style="white-space:pre-wrap">${escapeHtml(note)}</blockquote>`] : []),
      link ? `<p><a href="${escapeHtml(link)}">Open the card in Slack</a></p>` : `<p>${escapeHtml(where)}</p>`,
      `<p style="color:#616061">${SIGNED}</p></body></html>`,
    ].join('\n'),
  };
}

/** What an SP is told, in the words of the person who answers for the case. */
export function toldWords({ ref, sp }: Pick<CaseFacts, 'ref' | 'sp'>, words: string): MailWords {
  return {
    subject: `About your account ${sp.account} (${ref})`,
    text: words,
    html: [
      '<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:15px;color:#1d1c1d">',
      `<p style="white-space:pre-wrap">${escapeHtml(words)}</p></body></html>`,
    ].join('\n'),
  };
}

const SIGNED = 'Sent by Warmline. No one reads replies to this mail: answer in Slack.';

interface Said {
  readonly asked: string;
  /** The same in a few words, for the subject. */
  readonly short: string;
  readonly dueAt: Date | null;
  readonly note?: string;
}
function askedBy(event: CaseEvent | { readonly type: 'more'; readonly count: number }): Said | null {
  if (event.type === 'more')
    return {
      asked: `${event.count} more changes came before mail could be sent again. The card shows where the case stands.`,
      short: `${event.count} more changes`,
      dueAt: null,
    };
  if (event.type === 'nudged')
    return { asked: ASKED[event.data.clock], short: 'waits for an answer', dueAt: event.data.dueAt };
  if (event.type === 'sent_to_manager')
    return {
      asked: `The Admin team reviewed this exception and sent it to you as ${event.data.code}. ${ASKED.acknowledge}`,
      short: 'sent to you',
      dueAt: event.data.clock?.dueAt ?? null,
      note: event.data.note,
    };
  return null;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);
