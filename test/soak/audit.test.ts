import { documentOf, toStored } from '../../src/db/case-document';
import { slackLane } from '../../src/domain/targets';
import type { StoredCase } from '../../src/services/ports/cases';
import { caseMoreId } from '../../src/slack/ids/case-dialog';
import { later, MONDAY, minutes, moved, storedCase } from '../support/cases';
import { auditMoves } from './audit-moves';
import { auditRecords, type Kept } from './audit-records';
import { auditReplies } from './audit-replies';
import { auditReports } from './audit-reports';
import { auditShown } from './audit-shown';
import type { FiledEntry, MovedEntry, ReplyEntry } from './ledger';
import type { Seen } from './seen';

/** A case filed in V1, acknowledged by Dana in V2, with Tom's reply as a note; everything was sent. */
const CARD = { channel: 'C0WEST', ts: '1.1' };
const REPLY_TS = '1.3';
function handled(): StoredCase {
  const filed = { ...storedCase('000001'), id: 'V1' };
  const acknowledged = moved(
    filed,
    { type: 'acknowledge', nextUpdateBy: later(MONDAY, minutes(600)) },
    later(MONDAY, minutes(1)),
    { key: 'V2' },
  );
  const noted = moved(
    acknowledged.facts,
    { type: 'add_note', id: REPLY_TS, text: 'Parts are on order.' },
    later(MONDAY, minutes(2)),
    { actor: 'U0TOM' },
  );
  const events = [...filed.events, ...acknowledged.events, ...noted.events];
  return {
    ...filed,
    ...noted.facts,
    ref: filed.ref,
    events,
    posts: filed.posts.map((post) => ({ ...post, sent: CARD })),
    outbox: [],
  };
}
const keptOf = (stored: StoredCase): Kept => {
  const document = documentOf(stored);
  return { document, stored: toStored(document), left: [] };
};
const seen = (ids: string[], message: Partial<Seen> = {}): Seen => ({
  place: '#west',
  ...CARD,
  ts: `2.${ids.join()}`,
  threadTs: CARD.ts,
  text: 'As told',
  blocks: [],
  deleted: false,
  ids,
  ...message,
});

const stored = handled();
const { ref, seq } = stored;
const kept = [keptOf(stored)];
const card = seen([`${ref}:card:main`], {
  ts: CARD.ts,
  threadTs: null,
  blocks: [{ type: 'actions', block_id: 'case_actions', elements: [{ action_id: caseMoreId(seq) }] }],
});
const line = seen([`${ref}:line:3:main`]);
const dm = seen([`${ref}:dm:3:U0AMIRA`], { place: '@amira', channel: 'D0AMIRA', threadTs: null });
const report: FiledEntry = {
  what: 'report',
  by: 'U0AMIRA',
  kind: 'sp_feedback',
  viewId: 'V1',
  sj: '556677',
  told: 'confirmed',
  ref,
};
const move: MovedEntry = {
  what: 'move',
  by: 'U0DANA',
  dialog: 'Acknowledge',
  viewId: 'V2',
  ref,
  entries: {},
  at: MONDAY,
  from: 2,
  until: 3,
  told: 'confirmed',
};
const reply: ReplyEntry = {
  what: 'reply',
  by: 'U0TOM',
  channel: CARD.channel,
  threadTs: CARD.ts,
  ts: REPLY_TS,
  text: 'Parts are on order.',
  history: [],
};
const whats = ({ problems }: { problems: readonly { what: string }[] }) => problems.map(({ what }) => what);

it('finds nothing if everything is as it should be', async () => {
  expect(
    [
      await auditRecords(kept, []),
      auditReports(kept, [report]),
      auditMoves(kept, [move]),
      auditReplies(kept, [reply]),
      auditShown(kept, [card, line, dm]),
    ].flatMap(whats),
  ).toEqual([]);
});

describe('in the records, finds', () => {
  it.each<[string, Partial<StoredCase>, string]>([
    ['a fact that no event gives', { severity: 'high' }, 'the facts are not what the events say'],
    [
      'a message that was given up',
      {
        outbox: [
          {
            id: 'x',
            to: { user: 'U0' },
            content: { type: 'card' },
            lane: slackLane('U0'),
            at: MONDAY,
            dead: 'no_text',
          },
        ],
      },
      'a message was given up',
    ],
    [
      'an event that is there twice',
      { events: [...stored.events, ...stored.events.slice(-2, -1)] },
      'an event is there twice',
    ],
  ])('%s', async (_, change, what) => {
    expect(whats(await auditRecords([keptOf({ ...stored, ...change })], []))).toContain(what);
  });
  it('an edited event', async () => {
    const [{ document }] = kept as [Kept];
    const edited = { ...document, events: document.events.map((event) => ({ ...event, actor: 'U0EVE' })) };
    expect(whats(await auditRecords([{ document: edited, stored: toStored(edited), left: [] }], []))).toContain(
      'the chain of events is broken',
    );
  });
  it('a letter that was given up', async () => {
    expect(whats(await auditRecords([], [{ _id: 'digest', failedAt: MONDAY, fault: 'no_text' }]))).toEqual([
      'a letter was given up',
    ]);
  });
});

describe('in what people were told, finds', () => {
  it('a report that is lost, duplicated, or filed by no one', () => {
    expect(whats(auditReports([], [report]))).toEqual(['a confirmed report is lost']);
    expect(whats(auditReports([...kept, keptOf({ ...stored, id: 'V9' })], [report]))).toEqual([
      'a report is there twice',
      'a case that nobody filed',
    ]);
  });
  it('a move that is lost, or was refused and made', () => {
    expect(whats(auditMoves(kept, [{ ...move, viewId: 'V8' }]))).toEqual(['a confirmed move is lost']);
    expect(whats(auditMoves(kept, [{ ...move, told: 'refused' }]))).toEqual(['a refused move is there']);
  });
  it('a reply that is not a note, is outdated, or was deleted', () => {
    expect(whats(auditReplies(kept, [{ ...reply, ts: '1.4' }]))).toEqual(['a reply is no note']);
    expect(whats(auditReplies(kept, [{ ...reply, text: 'They came.' }]))).toEqual(['a reply is a note in older words']);
    expect(whats(auditReplies(kept, [{ ...reply, text: null }]))).toEqual(['a deleted reply is a note']);
  });
});

describe('in Slack, finds', () => {
  it.each<[string, Seen[], string]>([
    ['a message that stands twice', [card, line, dm, { ...line, ts: '2.9' }], 'a delivery stands twice'],
    ['a card that nobody knows', [card, line, dm, { ...card, ts: '7.7' }], 'a card that no case knows'],
    ['a card that is gone', [line, dm], 'a card is not there'],
    ['a card as it was before', [{ ...card, blocks: [] }, line, dm], 'a card shows an older state'],
    ['a line that is missing', [card, dm], 'a line is missing'],
    ['a line at the top of the channel', [card, { ...line, threadTs: null }, dm], 'a line stands outside its thread'],
    [
      'lines out of order',
      [card, { ...line, ids: [`${ref}:line:4:main`] }, { ...line, ts: '2.9' }, dm],
      'lines are out of order',
    ],
    ['a DM that never came', [card, line], 'whoever filed was not told'],
  ])('%s', (_, messages, what) => {
    expect(whats(auditShown(kept, messages))).toContain(what);
  });
});
