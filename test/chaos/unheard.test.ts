import { WebClient } from '@slack/web-api';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import type { Area } from '../../src/domain/directory';
import { configure, standing } from '../../src/services/configure';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { cardIn, escalated, exceptionForm } from '../support/exceptions';
import type { Mode } from '../support/world';

const MINUTE = 60_000;

/** What people write while nobody hears it: here Slack tells of nothing again. */
describe.each<Mode>(['socket', 'http'])('while nobody hears what people write, over %s', (mode) => {
  let work: CaseWork;
  let amira: Actor;
  let dana: Actor;
  beforeAll(async () => {
    work = await startCaseWork({ mode, timing: { retryDelaysMs: [] } });
    [amira, dana] = [work.as('amira'), work.as('dana')];
  });
  afterAll(() => work.stop());

  let lastSj = 0;
  const catchUp = () => work.world.app.runJobs('catch_up');
  const textsOf = async (ref: string) => (await work.records.of(ref)).notes.map(({ text }) => text);
  /** Nobody hears what is done meanwhile, for so long. */
  async function unheard(ms: number, meanwhile: () => Promise<unknown>) {
    await catchUp();
    await work.world.halt(work.world.app);
    await meanwhile();
    work.world.clock.advance(ms);
    await work.world.another();
  }
  const withNotes = (card: MessageReading, count: number) =>
    dana.waitForMessage('am-west', ({ ts, content }) => ts === card.ts && content.includes(`${count} note`));

  it('replies under cards are kept once somebody hears again, each once', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    await dana.say('Before.', 'am-west', card);
    await withNotes(card, 1);
    await unheard(HOUR, async () => {
      await dana.say('While it was away, card 4111 1111 1111 1111.', 'am-west', card);
      await amira.say('Under no card.', 'am-west');
      await dana.say('And again.', 'am-west', card);
    });
    expect(await textsOf(ref)).toEqual(['Before.']);
    await catchUp();
    await work.world.app.answered();
    expect(await textsOf(ref)).toEqual(['Before.', 'While it was away, card •••• •••• •••• 1111.', 'And again.']);
    await dana.waitForEphemeral(({ text }) => text.startsWith(`${ref}: A card number was masked`));
    await unheard(HOUR, async () => undefined);
    await Promise.all([catchUp(), catchUp()]);
    expect(await textsOf(ref)).toHaveLength(3);
  });

  it('also in a channel that is no area’s anymore', async () => {
    const { stored, card } = await work.file(amira);
    const moveArea = async (channel: string) => {
      const { jobDeps } = work.world.app;
      const { version } = await standing(jobDeps, 'area', 'West');
      const change = (area: Area | null) => area && { ...area, channel };
      const moved = await configure(jobDeps, { what: 'area', key: 'West', by: 'U0ADA', expected: version, change });
      expect(moved.ok).toBe(true);
    };
    await moveArea(work.world.workspace.ids.channels['call-floor'] ?? '');
    await unheard(HOUR, () => dana.say('Under the card in the old channel.', 'am-west', card));
    await catchUp();
    expect(await textsOf(stored.ref)).toEqual(['Under the card in the old channel.']);
    await moveArea(card.channel);
  });

  it.each(['new', 'in the thread of their own'])('an answer in a direct message (%s) is taken', async (where) => {
    const ada = work.as('ada');
    await exceptionForm(amira, `64090${++lastSj}`, { 'Exception code': 'COACH' });
    const { ref, stored } = await escalated(work.world, work.records, amira);
    await ada.press('Return with a question', { in: cardIn(work.world, stored) });
    await ada.waitForModal(({ title }) => title === 'Return with a question');
    await ada.fill({ [ada.modal().labels[0] ?? '']: 'Which door?' });
    await ada.submit();
    await amira.waitForDm(({ text }) => text === `${ref}: a question for you`);
    const own = where === 'new' ? undefined : await amira.say('help', amira.dmId());
    if (own) await amira.waitForDm(({ threadTs }) => threadTs === own.ts);
    await unheard(HOUR, () => amira.say(own ? `${ref}: the side door.` : 'The side door.', amira.dmId(), own));
    await catchUp();
    await work.world.app.answered();
    const written = () =>
      (own ? work.world.workspace.thread(amira.dmId(), own.ts) : amira.dm()).map(({ text }) => text);
    expect(written()).toContain(`Taken as your answer to ${ref}`);
    expect(await work.records.of(ref)).toMatchObject({ state: 'in_review', question: null });
    await unheard(HOUR, async () => undefined);
    await catchUp();
    expect(written().filter((text) => text === `Taken as your answer to ${ref}`)).toHaveLength(1);
  });

  it('replies under a card that was deleted meanwhile are kept', async () => {
    const { stored, card } = await work.file(amira);
    await dana.say('Before.', 'am-west', card);
    await withNotes(card, 1);
    const slack = new WebClient(work.world.workspace.botToken, { slackApiUrl: work.world.workspace.apiUrl });
    await unheard(HOUR, async () => {
      await slack.chat.delete({ channel: card.channel, ts: card.ts });
      await dana.say('Under what is left of it.', 'am-west', card);
    });
    await catchUp();
    await work.world.app.answered();
    expect(await textsOf(stored.ref)).toEqual(['Before.', 'Under what is left of it.']);
  });

  it('a machine whose clock is hours ahead misses no reply, nor do others after it', async () => {
    const ahead = { now: () => new Date(+work.world.clock.now() + 3 * HOUR) };
    const { stored, card } = await work.file(amira);
    const away = async (text: string) => {
      await catchUp();
      await work.world.halt(work.world.app);
      await dana.say(text, 'am-west', card);
      work.world.clock.advance(HOUR);
    };
    await work.world.halt(work.world.app);
    await work.world.another(ahead);
    await away('While the machine with the wrong clock was away.');
    await work.world.another(ahead);
    await away('Before another took over.');
    await work.world.another();
    await catchUp();
    await work.world.app.answered();
    expect(await textsOf(stored.ref)).toEqual([
      'While the machine with the wrong clock was away.',
      'Before another took over.',
    ]);
  });

  // Over a socket, it needs a new connection then, which shows the gap.
  if (mode === 'http')
    it('what is written while its machine is suspended is kept', async () => {
      const { stored, card } = await work.file(amira);
      await catchUp();
      work.world.workspace.setAppUrl('http://127.0.0.1:9');
      await dana.say('While it slept.', 'am-west', card);
      work.world.clock.advance(HOUR);
      work.world.workspace.setAppUrl(`http://127.0.0.1:${work.world.app.port()}`);
      await catchUp();
      await work.world.app.answered();
      expect(await textsOf(stored.ref)).toEqual(['While it slept.']);
    });

  it('nothing is read where the gap is one that Slack bridges by itself', async () => {
    const { stored, card } = await work.file(amira);
    await unheard(MINUTE, () => dana.say('Slack tells of it again.', 'am-west', card));
    await catchUp();
    expect(await textsOf(stored.ref)).toEqual([]);
  });
});
