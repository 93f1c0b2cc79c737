import type { Actor } from '../../sandbox/workspace';
import { alarmStore } from '../../src/db/alarms';
import { connect } from '../../src/db/connection';
import { retryAll } from '../../src/services/failed-messages';
import { moveCase } from '../../src/services/move-case';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { cardOf, cardsOf } from '../support/feedback';
import { refIn, submitForm } from '../support/filed';
import { type Answer, type Front, frontFor, type Rule, refused } from '../support/front';
import { byNight } from '../support/nightly';
import { until } from '../support/until';

const POST = 'chat.postMessage';
const FALLBACK = 'warmline-unrouted';

let work: CaseWork;
let front: Front;
let amira: Actor;
let west: string;
beforeAll(async () => {
  work = await startCaseWork({
    retry: { firstMs: 5, longestMs: 25 },
    between: frontFor((made) => {
      front = made;
    }),
  });
  amira = work.as('amira');
  west = work.world.workspace.ids.channels['am-west'] ?? '';
});
afterAll(() => work.stop());
afterEach(() => front.on(POST, null));

let lastSj = 940_000;
const nextSj = () => String(++lastSj);
/** Files while posts get this answer; returns the reference and the SJ. */
async function filedUnder(rule: Rule, account = 'ACC100'): Promise<{ ref: string; sj: string }> {
  const sj = nextSj();
  await work.fill(amira, { sj, account });
  front.on(POST, rule);
  const ref = refIn(await submitForm(amira));
  return { ref, sj };
}
const toWest =
  (code: string): Rule =>
  ({ channel }) =>
    channel === west ? refused(code) : null;
const cards = (sj: string, channel = 'am-west') => cardsOf(work.world, sj, channel);
const isSetAside = async (ref: string) => (await work.records.of(ref)).outbox.some(({ setAside }) => setAside);
const deadOf = async (ref: string) => (await work.records.of(ref)).outbox.flatMap(({ dead }) => dead ?? []);

/** The alarms that the auditor raised and sent. */
async function audited(): Promise<{ raised: string[]; dms: number }> {
  await work.world.app.runJobs('audit');
  await work.world.app.runJobs('letters');
  await work.world.settled();
  const connection = await connect(work.world.databaseUri, work.world.log);
  const raised = (await alarmStore(connection).open(100)).map(({ id }) => id);
  await connection.close();
  const dms = work
    .as('ada')
    .dm()
    .filter(({ text }) => text.startsWith('Warmline raised')).length;
  return { raised, dms };
}

describe('a Slack code', () => {
  it.each(
    byNight(
      [
        'channel_type_not_supported',
        'restricted_action_of_tomorrow',
        'user_team_not_in_channel',
        'restricted_action_read_only_channel',
      ],
      2,
    ),
  )('concerns the channel (%s) sends the card to the fallback channel', async (code) => {
    const { sj, ref } = await filedUnder(toWest(code));
    expect((await cardOf(work.world, sj, FALLBACK)).content).toContain(`cannot be reached (${code})`);
    expect(await deadOf(ref)).toEqual([]);
  });

  it.each(byNight(['invalid_blocks', 'msg_too_long', 'msg_blocks_too_long', 'no_text'], 2))(
    'about the message (%s) sends it once more in plain text',
    async (code) => {
      const rule: Rule = ({ channel, blocks }) => (channel === west && blocks ? refused(code) : null);
      const { sj, ref } = await filedUnder(rule);
      const card = await cardOf(work.world, sj);
      expect([card.blocks, card.buttons]).toEqual([[], []]);
      expect(card.text).toContain('Misdiagnosis');
      expect(card.text).toContain(`/case ${ref}`);
      expect(card.text).not.toMatch(/<[@!#]/);
      expect(cards(sj, FALLBACK)).toEqual([]);
    },
  );

  it('that forbids a mention in the channel (restricted_action) sends it without, and one that forbids all sends it to the fallback', async () => {
    const mention = await filedUnder(({ channel, blocks }) =>
      channel === west && blocks ? refused('restricted_action') : null,
    );
    expect((await cardOf(work.world, mention.sj)).text).not.toMatch(/<[@!#]/);
    const all = await filedUnder(toWest('restricted_action'));
    expect((await cardOf(work.world, all.sj, FALLBACK)).content).toContain('cannot be reached (restricted_action)');
  });

  it('about a message that is refused in plain text, too, sets it aside, and Try again sends it', async () => {
    const { sj, ref } = await filedUnder(toWest('invalid_blocks'));
    await until(() => work.world.workspace.messages(FALLBACK).some(({ text }) => text.includes(ref)), 'word of it');
    expect(await deadOf(ref)).toEqual(['invalid_blocks']);
    front.on(POST, null);
    expect(await retryAll(work.world.app.jobDeps)).toBe(1);
    expect((await cardOf(work.world, sj)).buttons).toContain('Acknowledge');
    await work.world.settled();
    expect(await deadOf(ref)).toEqual([]);
  });

  it.each(byNight(['ekm_access_denied', 'two_factor_setup_required', 'team_access_not_granted']))(
    'that administrators can fix (%s) makes it wait, in its channel, with one alarm',
    async (code) => {
      const before = (await audited()).dms;
      const { sj, ref } = await filedUnder(toWest(code));
      const second = await filedUnder(toWest(code));
      await until(() => work.world.logged.some((line) => line.includes(code)), 'the refusal');
      await work.world.settled();
      const { raised, dms } = await audited();
      expect(raised.filter((id) => id.startsWith('slack_refuses'))).toEqual([`slack_refuses:${code}`]);
      expect(dms).toBe(before + 1);
      expect((await audited()).dms).toBe(before + 1);
      expect([await deadOf(ref), cards(sj, FALLBACK)]).toEqual([[], []]);
      front.on(POST, null);
      await Promise.all([sj, second.sj].map((one) => cardOf(work.world, one)));
      await work.world.pass(6 * 60_000);
      expect((await audited()).raised.filter((id) => id.startsWith('slack_refuses'))).toEqual([]);
    },
  );

  it.each<[string, Answer]>([
    ['nothing', { body: {} }],
    ['only ok', { body: { ok: true } }],
    ['ok: false and no code', { body: { ok: false } }],
  ])(
    'that is missing, from a proxy that answers %s, says nothing: what was posted is not posted again',
    async (_, odd) => {
      let times = 0;
      const { sj, ref } = await filedUnder(async ({ channel }, forward) => {
        if (channel !== west || ++times > 2) return null;
        if (times === 1) await forward();
        return odd;
      });
      await cardOf(work.world, sj);
      await until(async () => (await work.records.of(ref)).posts[0]?.sent, 'the card marked as posted');
      expect(cards(sj)).toHaveLength(1);
      expect((await work.records.of(ref)).posts[0]?.sent?.ts).toBe(cards(sj)[0]?.ts);
    },
  );

  it('that is unknown is not final at the first try', async () => {
    let left = 4;
    const { sj, ref } = await filedUnder(({ channel }) =>
      channel === west && left-- > 0 ? refused('some_new_error') : null,
    );
    await cardOf(work.world, sj);
    expect([await deadOf(ref), cards(sj, FALLBACK)]).toEqual([[], []]);
  });
});

describe('a letter', () => {
  const put = (id: string) =>
    work.world.app.jobDeps.letters.put({
      id,
      to: amira.id,
      about: null,
      content: { type: 'kept_late', what: `what ${id} says` },
      at: work.world.clock.now(),
    });
  const say = (id: string) => amira.dm().filter(({ text }) => text === `Saved after all: what ${id} says`);
  const forAmira =
    (id: string, code: string): Rule =>
    ({ text, blocks }) =>
      blocks && String(text).includes(id) ? refused(code) : null;

  it.each(['invalid_blocks', 'restricted_action'])('that Slack refuses as it is (%s) goes out plain', async (code) => {
    await put(`plain:${code}`);
    front.on(POST, forAmira(`plain:${code}`, code));
    await work.world.app.runJobs('letters');
    const said = amira.dm().filter(({ text }) => text.includes(`what plain:${code} says`));
    expect(said.map(({ blocks }) => blocks)).toEqual([[]]);
  });

  it('that fails for an unknown reason is given up after five more tries, and the admins are told', async () => {
    await put('odd');
    const { letters } = work.world.app.jobDeps;
    front.on(POST, forAmira('odd', 'some_new_error'));
    const triesUntilGivenUp = async () => {
      for (let tries = 1; ; tries++) {
        await work.world.app.runJobs('letters');
        if (await letters.givenUp('odd')) return tries;
        work.world.clock.advance(31 * 60_000);
      }
    };
    expect(await triesUntilGivenUp()).toBe(6);
    front.on(POST, null);
    await work.world.app.runJobs('letters');
    const told = work
      .as('ada')
      .dm()
      .filter(({ text }) => text.includes('could not be delivered (some_new_error)'));
    expect(told).toHaveLength(1);
    expect(await retryAll(work.world.app.jobDeps)).toBe(1);
    await work.world.app.runJobs('letters');
    expect(say('odd')).toHaveLength(1);
  });
});

describe('one message that always fails', () => {
  /** Something filed later is out. */
  const passed = async () => {
    const sj = nextSj();
    await work.fill(amira, { sj });
    await amira.submit();
    await cardOf(work.world, sj);
  };
  const failing =
    (sj: string, answer: () => ReturnType<Rule>): Rule =>
    ({ text }) =>
      String(text).includes(sj) ? answer() : null;

  it.each<[string, () => ReturnType<Rule>]>(
    byNight([
      ['without an answer that says anything', () => ({ status: 500, body: { ok: false } })],
      ['with a code nobody has heard of', () => refused('some_new_error')],
    ]),
  )('%s, is passed by the others, set aside with an alarm, and can be tried again', async (_, answer) => {
    const { sj, ref } = await filedUnder(failing(String(lastSj + 1), answer));
    for (let others = 0; others < 60 && !(await isSetAside(ref)); others++) await passed();
    expect(await isSetAside(ref)).toBe(true);
    expect(cards(sj)).toEqual([]);
    expect((await audited()).raised).toContain(`set_aside:${ref}`);
    front.on(POST, null);
    expect(await retryAll(work.world.app.jobDeps)).toBe(1);
    await cardOf(work.world, sj);
    await work.world.pass(6 * 60_000);
    expect((await audited()).raised).not.toContain(`set_aside:${ref}`);
  });

  it('because it cannot be rendered, is passed by the others and set aside', async () => {
    const { ref } = (await work.file(amira, { sj: nextSj() })).stored;
    const connection = await connect(work.world.databaseUri, work.world.log);
    await connection.collection('cases').updateOne({ ref }, { $set: { codes: null } }); // no move does this
    await connection.close();
    const move = { type: 'add_note', id: null, text: 'Called them.' } as const;
    await moveCase(work.world.app.jobDeps, { find: { ref }, move, by: amira.id, key: null });
    await passed();
    await until(() => work.world.workspace.messages(FALLBACK).some(({ text }) => text.includes(ref)), 'word of it');
    expect(await isSetAside(ref)).toBe(true);
    await passed();
  });
});

it('while nothing at all gets out, Slack is at fault, and no message is set aside, however often it is tried', async () => {
  const down: Rule = () => ({ status: 503, body: { ok: false } });
  const first = await filedUnder(down);
  const second = await filedUnder(down);
  const east = await filedUnder(down, 'ACC200');
  const tries = front.count(POST);
  await until(() => front.count(POST) > tries + 40, 'many tries');
  for (const { ref } of [first, second, east]) expect(await deadOf(ref)).toEqual([]);
  front.on(POST, null);
  for (const { sj } of [first, second]) await cardOf(work.world, sj);
  await cardOf(work.world, east.sj, 'am-east');
  await work.world.settled();
  expect([first, second, east].map(({ sj }) => cards(sj).length + cards(sj, 'am-east').length)).toEqual([1, 1, 1]);
});
