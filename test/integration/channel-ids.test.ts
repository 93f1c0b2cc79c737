import type { Actor, MessageReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { until } from '../support/until';

let work: CaseWork;
let amira: Actor;
let rosa: Actor;
beforeEach(async () => {
  work = await startCaseWork();
  [amira, rosa] = [work.as('amira'), work.as('rosa')];
});
afterEach(() => work.stop());

async function risky(sj: string) {
  await openReport(amira, '/high-risk', `ACC100 ${sj}`);
  await amira.fill(UNSAFE);
  return fileReport(work.world, work.records, amira);
}
const inDesk = (): MessageReading[] => work.world.workspace.messages('risk-desk');
/** The card as it is now; its ts stays, whatever its channel's id. */
function deskCard({ ts }: MessageReading): MessageReading {
  const found = inDesk().find((one) => one.ts === ts);
  if (!found) throw new Error('The card is not in the channel.');
  return found;
}
const notesOf = async (ref: string) => (await work.records.of(ref)).notes.map(({ text }) => text);

describe('a private channel that gets another id because someone starts to share it', () => {
  it('keeps its cards, threads and place in the settings, change after change', async () => {
    const { world } = work;
    const { ref, posts } = await risky('980301');
    const place = posts.find(({ id }) => id === 'main');
    const card = cardIn(world, await work.records.of(ref), 'main');

    const first = await world.workspace.renumber('risk-desk');
    await rosa.say('Under the new id.', 'risk-desk', deskCard(card));
    await until(async () => (await notesOf(ref)).includes('Under the new id.'), 'the reply to be a note');
    await work.make(rosa, 'Add note', deskCard(card), { Note: 'By the button.' });
    expect(
      under(world, deskCard(card))
        .map(({ content }) => content)
        .join(),
    ).toContain('By the button.');

    await world.workspace.renumber('risk-desk');
    await world.workspace.tell({ type: 'channel_id_changed', ...first });
    await rosa.press('Acknowledge', { in: deskCard(card) });
    await until(async () => (await work.records.of(ref)).acknowledged, 'the case to be acknowledged');
    await world.settled();
    expect(deskCard(card).content).toContain('Acknowledged');
    const later = await rosa.say('Once more.', 'risk-desk', deskCard(card));
    await until(async () => (await notesOf(ref)).includes('Once more.'), 'the second reply to be a note');
    await rosa.edit(later, 'Once more, and corrected.');
    await until(async () => (await notesOf(ref)).includes('Once more, and corrected.'), 'the edit to arrive');

    const count = inDesk().length;
    const second = await risky('980302');
    expect(inDesk().length).toBeGreaterThan(count);
    expect(second.posts.find(({ id }) => id === 'main')).toMatchObject({
      show: 'full',
      redirected: null,
      channel: place?.channel,
    });
  });

  it('is found by an instance that was not told, too', async () => {
    const { world } = work;
    const { ref } = await risky('980303');
    const card = cardIn(world, await work.records.of(ref), 'main');
    await world.another();
    const sockets = world.workspace.sockets;
    expect(sockets).toBe(2);
    await world.workspace.renumber('risk-desk');
    for (const words of ['One.', 'Two.']) {
      await rosa.say(words, 'risk-desk', deskCard(card));
      await until(async () => (await notesOf(ref)).includes(words), `"${words}" to be a note`);
    }
    for (const sj of ['980304', '980305'])
      expect((await risky(sj)).posts.find(({ id }) => id === 'main')).toMatchObject({ show: 'full', redirected: null });
  });

  it('is checked for readers of another company at once', async () => {
    const { world } = work;
    const { ref } = await risky('980307');
    await world.workspace.renumber('risk-desk');
    await world.workspace.share('risk-desk', 'T0OTHER');
    await world.app.answered();
    await world.app.runJobs('letters');
    await work.as('ada').waitForDm(({ content }) => content.includes('shared with another company (T0OTHER)'));
    await world.settled();
    expect(
      inDesk()
        .map(({ content }) => content)
        .join(),
    ).not.toContain('gas line');
    expect((await work.records.of(ref)).posts.find(({ id }) => id === 'main')).toMatchObject({ show: 'redacted' });
  });
});
