import { SYSTEM } from '../../src/domain/actor';
import type { CaseEvent } from '../../src/domain/event';
import { lineOf } from '../../src/domain/events';
import type { StoredCase } from '../../src/services/ports/cases';
import { caseMoreId } from '../../src/slack/ids/case-dialog';
import type { Kept } from './audit-records';
import type { Findings, Problem } from './findings';
import type { Seen } from './seen';

/** Events that always have a line in the threads of the case's cards. */
const SPOKEN: ReadonlySet<CaseEvent['type']> = new Set([
  'acknowledged',
  'sp_contacted',
  'callback_made',
  'snoozed',
  'reassigned',
  'resolved',
  'reopened',
  'disputed',
  'approval_asked',
  'approval_refused',
  'sent_to_manager',
  'returned',
  'answered',
  'severity_changed',
  'merged',
  'claimed',
  'escalated',
  'police_number_added',
  'voided',
  'promise_changed',
  'put_on_hold',
  'hold_lift_asked',
  'hold_lifted',
  'access_asked',
  'access_granted',
  'access_refused',
  'access_withdrawn',
  'provider_told',
  'sanction_lift_asked',
  'sanction_lifted',
  'standing_lapsed',
  'lifting_refused',
  'appeal_granted',
  'words_erased',
  'followed_up',
]);
/** Events that the reporter is told about. */
const TOLD: ReadonlySet<CaseEvent['type']> = new Set(['acknowledged', 'resolved', 'returned']);

type Report = (what: string, about: string, details: string) => void;

/** What is in Slack: every card, line and DM that the records require, once, in its place, in order, and up to date. */
export function auditShown(kept: readonly Kept[], seen: readonly Seen[]): Findings {
  const problems: Problem[] = [];
  const found: Report = (what, about, details) => problems.push({ what, about, details });
  const byId = new Map<string, Seen[]>();
  for (const message of seen) for (const id of message.ids) byId.set(id, [...(byId.get(id) ?? []), message]);
  for (const [id, messages] of byId)
    if (messages.length > 1) found('a delivery stands twice', refOf(id), `${id}: ${messages.map(where).join(', ')}`);

  const counts = { cards: 0, lines: 0, 'DMs to whoever filed': 0 };
  const byPlace = new Map(seen.map((message) => [`${message.channel} ${message.ts}`, message]));
  const threads = new Map<string, Seen[]>();
  for (const message of seen)
    if (message.threadTs)
      threads.set(`${message.channel} ${message.threadTs}`, [
        ...(threads.get(`${message.channel} ${message.threadTs}`) ?? []),
        message,
      ]);

  const cards = new Set<string>();
  for (const { stored, left } of kept) {
    for (const place of [...left, ...stored.posts.flatMap(({ former = [] }) => former)])
      cards.add(`${place.channel} ${place.ts}`);
    for (const post of stored.posts) {
      if (!post.sent) {
        found('a card was never posted', stored.ref, `post ${post.id} in ${post.channel}`);
        continue;
      }
      const place = `${post.sent.channel} ${post.sent.ts}`;
      cards.add(place);
      counts.cards += 1;
      const card = byPlace.get(place);
      if (!card || card.deleted) found('a card is not there', stored.ref, `post ${post.id} at ${place}`);
      else if (post.show === 'pointer' || post.show === 'praise') hasNoButtons(stored, card, found);
      // An ask shows what waits for an answer, not the state of its case.
      else if (post.show !== 'ask' && !JSON.stringify(card.blocks).includes(`"${caseMoreId(stored.seq)}"`))
        found(
          'a card shows an older state',
          stored.ref,
          `post ${post.id}, ${where(card)}: ${/case_more:\d+/.exec(JSON.stringify(card.blocks))} and not ${stored.seq}`,
        );
      inOrder(stored, threads.get(place) ?? [], found);
    }
    counts.lines += linesOf(stored, byId, cards, found);
    counts['DMs to whoever filed'] += dmsOf(stored, byId, found);
  }
  for (const message of seen) {
    if (message.ids.some((id) => id.includes(':card:')) && !cards.has(`${message.channel} ${message.ts}`))
      found('a card that no case knows', refOf(message.ids[0] ?? ''), where(message));
    if (message.ids.some((id) => id.includes(':line:')) && message.threadTs === null)
      found('a line stands outside its thread', refOf(message.ids[0] ?? ''), where(message));
  }
  return { problems, counts };
}

function hasNoButtons({ ref }: StoredCase, card: Seen, found: Report): void {
  if (JSON.stringify(card.blocks).includes('case_actions'))
    found('a card that is not worked on has buttons', ref, where(card));
}

/** The lines of a thread are in the order of the events. */
function inOrder({ ref }: StoredCase, thread: readonly Seen[], found: Report): void {
  const seqs = thread.flatMap(({ ids }) => ids.flatMap((id) => Number(/:line:(\d+):/.exec(id)?.[1] ?? [])));
  if (seqs.some((seq, i) => seq < (seqs[i - 1] ?? 0))) found('lines are out of order', ref, seqs.join(', '));
}

function linesOf(
  stored: StoredCase,
  byId: ReadonlyMap<string, readonly Seen[]>,
  cards: ReadonlySet<string>,
  found: Report,
): number {
  const { ref, events, posts } = stored;
  let lines = 0;
  for (const event of events) {
    if (!SPOKEN.has(event.type) && !(event.type === 'note_added' && event.data.id.startsWith('n'))) continue;
    for (const { id, show } of posts) {
      // A card that shows only that the case exists has fewer lines.
      if ((show !== 'full' && show !== 'redacted') || !lineOf(stored, event, show)) continue;
      const delivery = `${ref}:line:${event.seq}:${id}`;
      const [line] = byId.get(delivery) ?? [];
      if (!line) found('a line is missing', ref, delivery);
      else if (!cards.has(`${line.channel} ${line.threadTs}`))
        found('a line stands under no card of its case', ref, where(line));
      lines += line ? 1 : 0;
    }
  }
  return lines;
}

function dmsOf(
  { ref, events, reporter, subjects }: StoredCase,
  byId: ReadonlyMap<string, readonly Seen[]>,
  found: Report,
): number {
  const owed = events.filter(
    ({ type, actor }) => TOLD.has(type) && actor !== reporter && reporter !== SYSTEM && !subjects.includes(reporter),
  );
  for (const { seq, type } of owed)
    if (!byId.has(`${ref}:dm:${seq}:${reporter}`)) found('whoever filed was not told', ref, `${type}, event ${seq}`);
  return owed.length;
}

const refOf = (id: string): string => /^[A-Z]{3}-\d{6}/.exec(id)?.[0] ?? id;
const where = ({ place, ts, threadTs, text }: Seen): string =>
  `${place} ${ts}${threadTs ? ` under ${threadTs}` : ''} "${text.slice(0, 60)}"`;
