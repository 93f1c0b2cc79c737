import type { FaultSettings, JsonObject, TrafficEntry } from '../../sandbox/client-protocol';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { startChildApp } from '../support/child-app';
import { cardOf, fileFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';

const MINUTE = 60_000;
/** Business time: four hours of it pass between two mornings, whatever the time of day. */
const A_DAY = 24 * 60 * MINUTE;
const TIMING = { leaseMs: 600, postIntervalMs: 0 };
const POST = 'chat.postMessage';

let world: World;
let dana: Actor;
beforeAll(async () => {
  const acknowledge = [{ after: 0, to: 'owner' as const }];
  world = await startWorld({
    start: false,
    leaseMs: TIMING.leaseMs,
    policy: { ladders: { ...DEFAULT_POLICY.ladders, acknowledge } },
  });
  dana = world.workspace.as('dana');
});
afterAll(() => world.stop());

let lastSj = 720_000;
/** Files a report and returns its reference. */
async function filed(): Promise<string> {
  const sj = String(++lastSj);
  await fileFeedback(world.workspace.as('amira'), sj);
  return /SPF-\d{6}/.exec((await cardOf(world, sj)).text)?.[0] ?? '';
}
/** The nudges by DM about these cases. */
const nudges = (...refs: readonly string[]): MessageReading[] =>
  dana.dm().filter(({ text, metadata }) => isNudge(metadata) && refs.some((ref) => text.includes(ref)));
const isNudge = (request: unknown) => JSON.stringify(request).includes(':nudge:');

/** Resolves once the post of a nudge is done, from Slack's side. */
const posted = () => {
  const fits = ({ kind, name, durationMs, request }: TrafficEntry) =>
    kind === 'api' && name === POST && durationMs !== null && isNudge(request as JsonObject);
  return world.workspace.waitFor((event) => event?.type === 'traffic' && fits(event.entry), 10_000, 'a nudge');
};

describe('one message for several nudges', () => {
  it.each<[string, Partial<FaultSettings>]>([
    ['before its instance hears that it arrived', { lostReply: { remaining: 99, method: POST } }],
    ['while its instance marks it', {}],
  ])(
    'arrives once if its instance is killed %s',
    async (_, faults) => {
      const first = await world.another();
      const refs = [await filed(), await filed(), await filed()];
      await world.halt(first);
      world.workspace.clock.advance(A_DAY);

      const child = await startChildApp(world, TIMING);
      await world.workspace.faults.set(faults);
      const over = posted();
      child.runJobs();
      await over;
      await child.kill();
      world.workspace.faults.clear();
      expect(nudges(...refs)).toHaveLength(1);

      const next = await world.another();
      const last = await filed();
      world.workspace.clock.advance(A_DAY);
      await next.runJobs('nudge');
      await dana.waitForDm(({ text }) => text.includes(last), 10_000); // whatever else waited for her is out by now
      await next.delivered();
      await world.halt(next);
      expect(nudges(...refs)).toHaveLength(1);
      for (const ref of refs) expect(nudges(...refs)[0]?.text).toContain(ref);
      expect(nudges(last)).toHaveLength(1);
    },
    60_000,
  );

  it('is not sent again with one that came due while it was unknown whether it had arrived', async () => {
    const app = await world.another();
    const together = [await filed(), await filed()];
    world.workspace.clock.advance(60 * MINUTE);
    const later = await filed();
    world.workspace.clock.advance(A_DAY - 60 * MINUTE);
    await world.workspace.faults.set({ lostReply: { remaining: 1, method: POST } });
    const over = posted();
    await app.runJobs('nudge');
    await over;
    world.workspace.clock.advance(A_DAY);
    await app.runJobs('nudge');
    await dana.waitForDm(({ text }) => text.includes(later), 10_000);
    await app.delivered();
    for (const ref of [...together, later]) expect(nudges(ref)).toHaveLength(1);
  });
});
