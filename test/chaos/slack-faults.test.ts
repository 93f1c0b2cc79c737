import { WebClient } from '@slack/web-api';
import type { FaultSettings, TrafficEntry } from '../../sandbox/client-protocol';
import type { MessageReading } from '../../sandbox/workspace';
import { acknowledge, cardOf, cardsOf, fileFeedback, fillFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';

const POST = 'chat.postMessage';
const FALLBACK = 'warmline-unrouted';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const amira = () => world.workspace.as('amira');
const dana = () => world.workspace.as('dana');
const WEST = 'ACC100';
const EAST = 'ACC200';

/** Files with the form already open, so that the faults affect only what follows the submission. */
async function fileUnder(faults: Partial<FaultSettings>, sj: string): Promise<void> {
  await fillFeedback(amira(), sj, WEST);
  await world.workspace.faults.set(faults);
  expect(await amira().submit()).toEqual({ closed: true });
}
const answered = (fits: (entry: TrafficEntry) => boolean, what: string) =>
  world.workspace.waitFor(
    (event) => event?.type === 'traffic' && event.entry.durationMs !== null && fits(event.entry),
    10_000,
    what,
  );
/** A case filed later in the channel has its card: everything before it has arrived. */
async function caughtUp(sj: string, account = WEST, channel = 'am-west'): Promise<void> {
  await fileFeedback(amira(), sj, account);
  await cardOf(world, sj, channel);
}
const linesOf = (card: MessageReading, channel = 'am-west') =>
  world.workspace
    .thread(channel, card.ts)
    .slice(1)
    .map(({ text }) => text);

describe('Slack with problems', () => {
  it('429: only the affected channel waits, and as long as Slack asks', async () => {
    const refused = answered(({ name, status }) => name === POST && status === 429, 'a 429');
    await fileUnder({ rateLimit: { remaining: 1, retryAfterSec: 4, method: POST } }, '911001');
    await refused;
    await caughtUp('911002', EAST, 'am-east');
    expect(cardsOf(world, '911001')).toHaveLength(0);

    await cardOf(world, '911001');
    const attempts = world.workspace.traffic.filter(
      ({ name, request }) => name === POST && JSON.stringify(request).includes('911001'),
    );
    expect(attempts).toHaveLength(2);
    expect((attempts[1]?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeGreaterThanOrEqual(4000);
  });

  const next = { remaining: 1, method: POST };
  it.each<[string, Partial<FaultSettings>]>([
    ['says 500 before it does anything', { errorBefore: next }],
    ['says 500 after it did what was asked', { errorAfter: next }],
    ['does what was asked, and its reply is lost', { lostReply: next }],
  ])('if it %s, the card appears once', async (_, faults) => {
    await fileUnder(faults, '922001');
    await caughtUp('922002');
    expect(cardsOf(world, '922001')).toHaveLength(1);
  });

  it('down for a while: what was filed meanwhile is kept and posted once when it is back', async () => {
    const failures = new Set<number>();
    const twice = answered(({ id, status }) => status === 503 && failures.add(id).size === 2, 'two 503s');
    await fileUnder({ slackDown: true }, '933001');
    await twice;
    world.workspace.faults.clear();
    await cardOf(world, '933001');
    await caughtUp('933002');
    expect(cardsOf(world, '933001')).toHaveLength(1);
  });

  it('a socket that is cut without notice, or asked to reconnect, is replaced automatically', async () => {
    const other = await startWorld();
    const back = [world, other].map(({ workspace }) =>
      workspace.waitFor((event) => event?.type === 'app' && event.connected, 15_000, 'a new socket'),
    );
    world.workspace.faults.dropSockets();
    other.workspace.faults.disconnect('refresh_requested');
    await Promise.all(back);
    for (const one of [world, other]) {
      await fileFeedback(one.workspace.as('amira'), '944001');
      await cardOf(one, '944001');
    }
    await other.stop();
  });
});

describe('a place that is gone', () => {
  it('an archived area channel: the card is in the fallback channel with the reason, and back home when it is unarchived', async () => {
    world.workspace.archive('am-west');
    await fileFeedback(amira(), '955001');
    expect((await cardOf(world, '955001', FALLBACK)).content).toMatch(/cannot be reached \(is_archived\)/);

    world.workspace.unarchive('am-west');
    await caughtUp('955002');
    expect(cardsOf(world, '955002', FALLBACK)).toHaveLength(0);
  });

  it('a channel the app was removed from: open cases continue in the fallback; once invited again, new ones are at home', async () => {
    await fileFeedback(amira(), '966001');
    const card = await cardOf(world, '966001');
    await dana().press('Add note', { in: card });
    await dana().waitForModal();
    await dana().fill({ Note: 'On my way.' });
    world.workspace.removeApp('am-west');
    await dana().submit();
    const moved = await cardOf(world, '966001', FALLBACK);
    expect(moved.content).toMatch(/cannot be reached \(not_in_channel\)/);
    await world.workspace.as('ada').waitForReply(FALLBACK, moved.ts, (reply) => reply.text.includes('new note'));

    world.workspace.inviteApp('am-west');
    await caughtUp('966002');
    expect(linesOf(moved, FALLBACK)).toHaveLength(1);
  });

  it('the fallback channel archived, too: the card is in an admin’s DM, and its buttons work there', async () => {
    world.workspace.archive('am-west');
    world.workspace.archive(FALLBACK);
    await fileFeedback(amira(), '977001');
    const ada = world.workspace.as('ada');
    const card = await ada.waitForDm((message) => message.text.includes('977001'));
    expect(card.content).toMatch(/cannot be reached \(is_archived\)/);
    await acknowledge(ada, card);
    await ada.waitForReply(ada.dmId(), card.ts, (reply) => reply.text.includes('acknowledged'));
  });

  it('an agent who left: their DM becomes a notice in the fallback channel, and the thread has its line', async () => {
    await fileFeedback(world.workspace.as('ben'), '988001');
    const card = await cardOf(world, '988001');
    world.workspace.deactivate('ben');
    await acknowledge(dana(), card);
    const letter = await world.workspace
      .as('ada')
      .waitForMessage(FALLBACK, (message) => message.text.includes('could not be delivered'));
    expect(letter.text).toMatch(/SPF-\d{6}.*user_disabled/);
    await dana().waitForReply('am-west', card.ts, (reply) => reply.text.includes('acknowledged'));
    await caughtUp('988002');
    expect(world.workspace.messages(FALLBACK)).toHaveLength(1);
  });
});

describe('a card that someone deleted', () => {
  const remove = (card: MessageReading) =>
    new WebClient(world.workspace.botToken, { slackApiUrl: world.workspace.apiUrl }).chat.delete({
      channel: card.channel,
      ts: card.ts,
    });

  it.each([
    ['with an empty thread', false],
    ['with lines in its thread', true],
  ])('%s, is posted again with the next change, and that change is not lost', async (_, worked) => {
    await fileFeedback(amira(), '999001');
    const card = await cardOf(world, '999001');
    if (worked) {
      await acknowledge(dana(), card);
      await dana().waitForReply('am-west', card.ts);
      await world.settled();
    }
    await dana().press('Resolve', { in: card });
    await dana().waitForModal();
    await dana().fill({ Outcome: 'Coaching given' });
    await remove(card);
    expect(await dana().submit()).toEqual({ closed: true });

    const again = await world.workspace.waitFor(() => cardsOf(world, '999001').find(({ ts }) => ts !== card.ts));
    await caughtUp('999002');
    expect(again.text).toContain('resolved');
    const lines = [...linesOf(card), ...linesOf(again)];
    expect(lines.filter((text) => text.includes('resolved'))).toHaveLength(1);
    expect(cardsOf(world, '999001')).toHaveLength(1);
  });
});
