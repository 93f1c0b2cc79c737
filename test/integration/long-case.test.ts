import mongoose, { type Connection, mongo } from 'mongoose';
import type { MessageReading } from '../../sandbox/workspace';
import { createApp, type WarmlineApp } from '../../src/app';
import { caseHistory } from '../../src/db/case-history';
import { connect } from '../../src/db/connection';
import { seal } from '../../src/db/seal';
import { replay } from '../../src/domain/apply';
import type { CaseFacts } from '../../src/domain/case';
import type { CaseEvent, SealedEvent } from '../../src/domain/event';
import type { Move } from '../../src/domain/moves/declared';
import type { ServiceDeps } from '../../src/services/deps';
import { moveCase } from '../../src/services/move-case';
import type { StoredCase } from '../../src/services/ports/cases';
import { checkRecord } from '../../src/services/proof/check-record';
import { wholeHistory } from '../support/cases';
import { monitored } from '../support/engine';
import { cardOf, fileFeedback } from '../support/feedback';
import { NIGHTLY } from '../support/nightly';
import { startWorld, type World } from '../support/world';

/** `npm run test:nightly` uses a much longer case; `npm run bench -- history` up to 100,000 notes. */
const NOTES = NIGHTLY ? 5_000 : 150;
jest.setTimeout((NIGHTLY ? 60 : 1) * 60_000);
const MOST_BYTES = 512 * 1024;
/** Four bytes a letter: without bounds, this many would exceed 16 MB a few hundred notes later. */
const LONG = '𝒂'.repeat(4_000);

let world: World;
let tool: WarmlineApp;
let connection: Connection;
let deps: ServiceDeps;
const OF_A_CASE = new Set(['cases', 'case_events']);
const commands: string[] = [];
beforeAll(async () => {
  world = await startWorld();
  const others = new Set(mongoose.connections);
  const config = { ...world.config, mongodbUri: monitored(world.config.mongodbUri) };
  tool = await createApp({ config, log: world.log, now: () => world.clock.now(), schedule: 'by_hand' });
  for (const one of mongoose.connections.filter((known) => !others.has(known)))
    one.getClient().on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
      // The policy and the areas are cached for a while, then read again.
      if (OF_A_CASE.has(command[commandName])) commands.push(commandName);
    });
  connection = await connect(world.databaseUri, world.log);
  deps = { ...tool.jobDeps, onStored: () => undefined, onChanged: () => undefined };
});
afterAll(async () => {
  await tool.stop();
  await connection.close();
  await world.stop();
});

const dana = () => world.workspace.as('dana');
/** Files a report and returns its reference. */
async function filed(sj: string): Promise<string> {
  await fileFeedback(world.workspace.as('amira'), sj);
  return /SPF-\d{6}/.exec((await cardOf(world, sj)).text)?.[0] ?? '';
}
async function of(ref: string): Promise<StoredCase> {
  const stored = await deps.cases.byRef(ref);
  if (!stored) throw new Error(`There is no case ${ref}.`);
  return stored;
}
async function made(ref: string, move: Move, key: string | null = null, by = dana().id): Promise<boolean> {
  const moved = await moveCase(deps, { find: { ref }, move, by, key });
  if (!moved.ok) throw new Error(moved.reason);
  return moved.changed;
}
/** The ts of a message sent now. */
const tsNow = (i: number) => `${Math.floor(+world.clock.now() / 1000)}.${String(i).padStart(6, '0')}`;
const note = (text: string, id: string | null = null): Move => ({ type: 'add_note', id, text });

/** Does something and waits until the card shows it. */
async function redrawn<T>({ ts }: MessageReading, act: () => Promise<T>): Promise<T> {
  const drawn = world.workspace.waitFor((event) => {
    if (event?.type !== 'traffic' || event.entry.name !== 'chat.update' || event.entry.status !== 200) return false;
    const { request } = event.entry;
    return typeof request === 'object' && request !== null && 'ts' in request && request.ts === ts;
  });
  const result = await act();
  await drawn;
  return result;
}

/** What the database holds of a case, in bytes. */
async function bytesOf(ref: string): Promise<number> {
  const document = await connection.collection('cases').findOne({ ref });
  return mongo.BSON.calculateObjectSize(document ?? {});
}
const whole = (stored: StoredCase) => wholeHistory(deps.history, stored);
/** The stored case without what is not a fact. */
const factsOf = ({ id: _i, version: _v, events: _e, posts: _p, outbox: _o, ...facts }: StoredCase): CaseFacts => facts;
const breakOf = (stored: StoredCase) => checkRecord(caseHistory(connection), stored);

it('a case with more long notes than a document holds works as on its first day', async () => {
  const ref = await filed('700001');
  const card = await cardOf(world, '700001');
  await world.settled();
  const early = await redrawn(card, () => dana().say('First words, said early', 'am-west', card));
  await world.settled();
  await world.halt(world.app);
  await made(ref, { type: 'acknowledge', nextUpdateBy: new Date(+world.clock.now() + 3_600_000) }, 'pressed-once');

  const sizes: number[] = [];
  const asked: number[] = [];
  for (let i = 0; i < NOTES; i++) {
    commands.length = 0;
    await made(ref, note(LONG, tsNow(i)));
    asked.push(commands.length);
    if (i % Math.ceil(NOTES / 20) === 0) sizes.push(await bytesOf(ref));
  }
  expect(Math.max(...sizes, await bytesOf(ref))).toBeLessThan(MOST_BYTES);
  // However long the history: as many queries and writes as when it began to be long.
  const per = (from: number) => asked.slice(from, from + 50).reduce((sum, count) => sum + count, 0);
  expect(Math.min(...asked)).toBeGreaterThan(0);
  expect(per(NOTES - 50)).toBeLessThanOrEqual(per(50) + 2);
  expect(Math.max(...asked.slice(50))).toBeLessThanOrEqual(5);

  const stored = await of(ref);
  expect(stored.events.length).toBeLessThan(100);
  const events = await whole(stored);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(await breakOf(stored)).toBeNull();
  expect(factsOf(stored)).toEqual(replay(events));
  expect(await made(ref, { type: 'acknowledge', nextUpdateBy: new Date(0) }, 'pressed-once')).toBe(false);

  await redrawn(card, () => world.another());
  await redrawn(card, () => dana().say('And one more word', 'am-west', card));
  expect((await cardOf(world, '700001')).content).toContain(`${NOTES + 2} notes`);
  await redrawn(card, () => dana().edit(early, 'First words, said better'));
  await redrawn(card, () => dana().delete(early));
  expect((await cardOf(world, '700001')).content).toContain(`${NOTES + 1} notes`);
  await world.settled();
  const after = await of(ref);
  const about = (await whole(after)).filter((event) => 'id' in event.data && event.data.id === early.ts);
  expect(about.map(({ type }) => type)).toEqual(['note_added', 'note_edited', 'note_deleted']);
  expect(await breakOf(after)).toBeNull();
  expect(after.outbox).toEqual([]);
});

it('what could not be sent during many changes is sent from its history, and the excess is counted', async () => {
  const ref = await filed('700002');
  await world.settled();
  await world.halt(world.app);
  for (let i = 1; i <= 120; i++) await made(ref, note(`Typed in a window, ${i}`));
  const { outbox, events } = await of(ref);
  expect(outbox.length).toBeLessThan(60);
  expect(events[0]?.seq).toBeGreaterThan(10);

  await world.another();
  const card = await cardOf(world, '700002');
  const said = () =>
    world.workspace.thread('am-west', card.ts).map(({ blocks, text }) => JSON.stringify([text, blocks]));
  await world.workspace.waitFor(
    () => said().some((one) => one.includes('Typed in a window, 120')),
    30_000,
    'the last line',
  );
  await world.settled();
  const lines = said().filter((one) => one.includes('Typed in a window'));
  expect(lines[0]).toContain('Typed in a window, 1"');
  const more = said().flatMap((one) => /(\d+) more changes/.exec(one)?.[1] ?? []);
  expect(more).toHaveLength(1);
  expect(lines.length + Number(more[0])).toBe(120);
});

it('many simultaneous moves leave one history without a gap', async () => {
  const ref = await filed('700003');
  await world.settled();
  for (let round = 0; round < 6; round++)
    await Promise.all(Array.from({ length: 5 }, (_, i) => made(ref, note(LONG, tsNow(10 * round + i)))));
  const stored = await of(ref);
  const events = await whole(stored);
  expect(stored.events.length).toBeLessThan(events.length);
  expect(events.filter(({ type }) => type === 'note_added')).toHaveLength(30);
  expect(await breakOf(stored)).toBeNull();
  expect(factsOf(stored)).toEqual(replay(events));
});

it("a case of the previous release, many times today's size, is brought within bounds by its next change", async () => {
  const ref = await filed('700004');
  await world.settled();
  const { id, version, posts, outbox, ...before } = await of(ref);
  // As that release stored it: everything in one document, and no totals.
  let facts: CaseFacts = before;
  const events: CaseEvent[] = [...before.events];
  for (let i = 0; i < 300; i++) {
    const at = world.clock.now();
    const event: CaseEvent = {
      seq: facts.seq + 1,
      at,
      actor: dana().id,
      key: i === 0 ? 'the first press' : null,
      type: 'note_added',
      data: { id: `k${i}`, text: LONG, clock: null },
    };
    events.push(event);
    facts = { ...facts, seq: event.seq, changedAt: at };
  }
  const notes = events.flatMap((event) =>
    event.type === 'note_added'
      ? [{ id: event.data.id, by: event.actor, at: event.at, text: event.data.text, edited: false }]
      : [],
  );
  await connection.collection<{ _id: string }>('cases').updateOne(
    { _id: id },
    {
      $set: { notes, events: seal(id, '', events.map(unsealed)), seq: facts.seq, changedAt: facts.changedAt },
      $unset: { totals: '', firstAcknowledged: '', handedAt: '' },
    },
  );
  expect(await bytesOf(ref)).toBeGreaterThan(9 * 1024 * 1024);
  expect(await made(ref, note('Pressed twice'), 'the first press')).toBe(false);

  expect(await made(ref, note('And it goes on'))).toBe(true);
  expect(await bytesOf(ref)).toBeLessThan(MOST_BYTES);
  const after = await of(ref);
  expect([after.version, after.totals.notes, after.notes.at(-1)?.text]).toEqual([version + 1, 301, 'And it goes on']);
  expect([after.posts, outbox]).toEqual([posts, []]);
  expect((await whole(after)).length).toBe(303);
  expect(await breakOf(after)).toBeNull();
  expect(await made(ref, note('Pressed again'), 'the first press')).toBe(false);
  expect(await made(ref, { type: 'edit_note', id: 'k0', text: 'Mended' })).toBe(true);
});
const unsealed = ({
  salt: _s,
  content: _c,
  previous: _p,
  hash: _h,
  ...event
}: Partial<SealedEvent> & CaseEvent): CaseEvent => event as CaseEvent;
