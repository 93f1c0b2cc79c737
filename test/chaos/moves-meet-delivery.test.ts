import type { Actor, MessageReading } from '../../sandbox/workspace';
import { retryAll } from '../../src/services/failed-messages';
import { moveCase } from '../../src/services/move-case';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { cardsOf } from '../support/feedback';
import { refIn, submitForm } from '../support/filed';
import { fillForm } from '../support/fill-form';
import { type Front, frontFor, refused } from '../support/front';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { until } from '../support/until';

const POST = 'chat.postMessage';

let work: CaseWork;
let front: Front;
let [amira, dana, ada]: Actor[] = [];
const person = (actor: Actor | undefined): Actor => {
  if (!actor) throw new Error('The world has not begun.');
  return actor;
};
beforeAll(async () => {
  work = await startCaseWork({
    retry: { firstMs: 10, longestMs: 40 },
    between: frontFor((made) => {
      front = made;
    }),
  });
  [amira, dana, ada] = ['amira', 'dana', 'ada'].map((name) => work.as(name));
});
afterAll(() => work.stop());
afterEach(() => front.on(POST, null));

const channel = (name: string) => work.world.workspace.ids.channels[name] ?? '';
const EAST = { 'To the Area Manager of': 'East', 'Summary for the new owner': 'The SP moved east.' };
/** Opens a window, fills and submits it; messages may still be on their way. */
async function made(actor: Actor, button: string, on: MessageReading, entries: Record<string, string>) {
  await work.open(actor, button, on);
  await actor.fill(entries);
  expect(await actor.submit()).toEqual({ closed: true });
}
/** Makes someone wait until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
const asked = (about: string) =>
  work.world.workspace.waitFor(
    (event) => event?.type === 'message' && JSON.stringify(event.message).includes(about),
    10_000,
    `a message about ${about}`,
  );
const textsUnder = (card: MessageReading) => under(work.world, card).map(({ text }) => text);

it('an unsent note of a case that goes to another area is sent there, under the new card', async () => {
  const { stored, card } = await work.file(person(amira));
  const held = gate();
  const reached = new Promise<void>((resolve) =>
    front.on(POST, async ({ text }) => {
      if (!String(text).includes('new note')) return null;
      resolve();
      await held.opened;
      return { status: 500, body: { ok: false, error: 'internal_error' } };
    }),
  );
  await made(person(dana), 'Add note', card, { Note: 'Called them twice.' });
  await reached;
  await made(person(dana), 'Reassign', card, EAST);
  front.on(POST, null);
  held.open();
  const { card: now } = await work.now(stored.ref);
  expect(now.channel).toBe(channel('am-east'));
  await work.world.workspace.waitFor(() => textsUnder(now).length === 3, 10_000, 'all three lines');
  expect(textsUnder(now)).toEqual([
    `${stored.ref}: what happened so far`,
    `${stored.ref}: new note`,
    `${stored.ref} reassigned`,
  ]);
  expect(textsUnder(card)).toEqual([]);
  expect((await work.now(stored.ref)).stored.outbox).toEqual([]);
});

it('a note that was sent without anyone knowing, when its case went to another area, is not sent there again', async () => {
  const { stored, card } = await work.file(person(amira));
  const held = gate();
  const reached = new Promise<void>((resolve) =>
    front.on(POST, async ({ text }, forward) => {
      if (!String(text).includes('new note')) return null;
      front.on(POST, null);
      await forward();
      resolve();
      await held.opened;
      return { status: 500, body: { ok: false, error: 'internal_error' } };
    }),
  );
  await made(person(dana), 'Add note', card, { Note: 'Called them twice.' });
  await reached;
  await made(person(dana), 'Reassign', card, EAST);
  held.open();
  const { card: now } = await work.now(stored.ref);
  await work.world.workspace.waitFor(
    () => textsUnder(now).includes(`${stored.ref} reassigned`),
    10_000,
    'the line of the move',
  );
  expect(textsUnder(card)).toEqual([`${stored.ref}: new note`]);
  expect(textsUnder(now)).toEqual([`${stored.ref}: what happened so far`, `${stored.ref} reassigned`]);
  expect((await work.now(stored.ref)).stored.outbox).toEqual([]);
});

it('a card on its way when its case moved becomes a known pointer', async () => {
  const sj = '930001';
  const held = gate();
  front.on(POST, async ({ text }, forward) => {
    if (!String(text).includes(sj)) return null;
    front.on(POST, null);
    const body = await forward();
    await held.opened;
    return { body };
  });
  await work.fill(person(amira), { sj });
  const posted = asked(sj);
  const ref = refIn(await submitForm(person(amira)));
  await posted;
  const [first] = cardsOf(work.world, sj);
  if (!first) throw new Error('The card is not there.');
  await made(person(dana), 'Reassign', first, EAST);
  held.open();
  const { stored, card } = await work.now(ref);
  expect(card.channel).toBe(channel('am-east'));
  const left = await work.world.workspace.waitFor(
    () =>
      work.world.workspace
        .messages('am-west')
        .find(({ ts, content }) => ts === first.ts && content.includes('moved to')),
    10_000,
    'the pointer',
  );
  expect(left.buttons).toEqual([]);
  await work.world.settled();
  const { posts, outbox } = await work.records.of(stored.ref);
  expect(posts.map(({ show, sent }) => [show, sent?.ts])).toEqual([
    ['pointer', first.ts],
    ['full', card.ts],
  ]);
  expect(outbox).toEqual([]);
  expect(work.world.workspace.messages('am-east').filter(({ text }) => text.includes(sj))).toHaveLength(1);
});

it('a card that never got out leaves nothing behind when its case moves', async () => {
  const sj = '930002';
  const held = gate();
  const reached = new Promise<void>((resolve) =>
    front.on(POST, async ({ text, channel: to }) => {
      if (!String(text).includes(sj) || to !== channel('am-west')) return null;
      resolve();
      await held.opened;
      return { status: 500, body: { ok: false, error: 'internal_error' } };
    }),
  );
  await work.fill(person(amira), { sj });
  const ref = refIn(await submitForm(person(amira)));
  await reached;
  const move = { type: 'reassign', area: 'East', owner: work.as('priya').id, summary: 'The SP moved east.' } as const;
  expect(await moveCase(work.world.app.jobDeps, { find: { ref }, move, by: person(ada).id, key: null })).toMatchObject({
    ok: true,
  });
  held.open();
  await work.world.workspace.waitFor(
    () => work.world.workspace.messages('am-east').some(({ text }) => text.includes(sj)),
    10_000,
    'the card in am-east',
  );
  await until(async () => {
    const { posts, outbox } = await work.records.of(ref);
    return posts.length === 1 && outbox.length === 0;
  }, 'the one card left');
  expect(cardsOf(work.world, sj)).toEqual([]);
});

it('nothing is lost behind a card that Slack refuses: it arrives in order once that is tried again', async () => {
  front.on(POST, ({ channel: to }) => (to === channel('risk-desk') ? refused('invalid_blocks') : null));
  const photo = person(amira).upload('door.jpg', Buffer.from('the door'));
  await openReport(person(amira), '/high-risk', 'ACC100 930003');
  await fillForm(person(amira), { ...UNSAFE, Evidence: [photo] });
  const filed = await fileReport(work.world, work.records, person(amira));
  await made(person(dana), 'Add note', cardIn(work.world, filed, 'area'), { Note: 'I know this crew.' });
  await work.world.settled();
  const owed = (await work.records.of(filed.ref)).outbox.map(({ content, dead }) => `${content.type} ${dead}`);
  expect(owed.sort()).toEqual(['card invalid_blocks', 'evidence null', 'line null']);

  front.on(POST, null);
  expect(await retryAll(work.world.app.jobDeps)).toBe(1);
  await work.world.settled();
  const stored = await records(filed.ref);
  const card = cardIn(work.world, stored, 'main');
  const replies = await work.world.workspace.waitFor(() => {
    const those = under(work.world, card);
    return those.length === 2 ? those : null;
  });
  expect(replies.map(({ text, files }) => [text, files.length]).sort()).toEqual(
    [
      ['', 1],
      [`${filed.ref}: new note`, 0],
    ].sort(),
  );
  expect(work.world.workspace.messages('risk-desk')).toHaveLength(1);
});

/** The stored case, once it owes nothing. */
const records = (ref: string) =>
  until(async () => {
    const stored = await work.records.of(ref);
    return !stored.outbox.length && stored;
  }, `${ref} to owe nothing`);

it('a person who gets a case in its own channel has it on their Home at once', async () => {
  const { stored, card } = await work.file(person(amira), { sj: '930004' });
  const tom = work.as('tom');
  await tom.openHome();
  await tom.waitForHome(({ text }) => text.length > 0);
  const drawn = tom.waitForHome(({ text }) => text.includes(stored.ref));
  await made(person(dana), 'Reassign', card, { 'Or to this person': 'tom', 'Summary for the new owner': 'Yours.' });
  await drawn;
});

describe('a card that someone deleted before anyone wrote under it', () => {
  const remove = ({ channel: at, ts }: MessageReading) =>
    front.call('chat.delete', work.world.workspace.botToken, { channel: at, ts });

  it('sends no line of its thread to the top of its channel: the line is under the new card', async () => {
    const { stored, card } = await work.file(person(amira), { sj: '930005' });
    await remove(card);
    let refusals = 2;
    front.on('chat.delete', () => (refusals-- > 0 ? refused('ratelimited') : null));
    await work.world.pass(4.1 * 3_600_000);
    const again = await work.world.workspace.waitFor(() => cardsOf(work.world, '930005')[0], 10_000, 'the card again');
    await work.world.workspace.waitFor(() => textsUnder(again).length > 0, 10_000, 'the line');
    expect(textsUnder(again)).toEqual([`${stored.ref} waits for an answer`]);
    front.on('chat.delete', null);
    expect(refusals).toBeLessThan(0);
    expect(work.world.workspace.messages('am-west').filter(({ text }) => text.startsWith(stored.ref))).toEqual([]);
  });

  it('sends no evidence of a need-to-know case there either', async () => {
    const photo = person(amira).upload('porch.jpg', Buffer.from('the porch'));
    const held = gate();
    const stands = new Promise<void>((resolve) =>
      front.on('files.info', async () => {
        resolve();
        await held.opened;
        return null;
      }),
    );
    await openReport(person(amira), '/high-risk', 'ACC100 930006');
    await fillForm(person(amira), { ...UNSAFE, Evidence: [photo] });
    await person(amira).submit();
    await stands;
    const desk = () => work.world.workspace.messages('risk-desk').filter(({ text }) => text.includes('930006'));
    const [card] = desk();
    if (!card) throw new Error('There is no card.');
    await remove(card);
    front.on('files.info', null);
    held.open();
    const again = await work.world.workspace.waitFor(() => desk().find(({ ts }) => ts !== card.ts), 10_000, 'the card');
    await work.world.workspace.waitFor(() => under(work.world, again).length > 0, 10_000, 'the file');
    expect(under(work.world, again).map(({ files }) => files.length)).toEqual([1]);
    expect(work.world.workspace.messages('risk-desk').filter(({ files }) => files.length > 0)).toEqual([]);
  });
});
