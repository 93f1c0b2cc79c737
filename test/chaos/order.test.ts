import fc from 'fast-check';
import type { FaultSettings } from '../../sandbox/client-protocol';
import type { MessageReading } from '../../sandbox/workspace';
import { cardOf, fillFeedback } from '../support/feedback';
import { NIGHTLY } from '../support/nightly';
import { startWorld, type World } from '../support/world';

const CHANNELS = { ACC100: 'am-west', ACC200: 'am-east' } as const;
type Account = keyof typeof CHANNELS;

jest.setTimeout(NIGHTLY ? 10 * 60_000 : 60_000);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const post = { method: 'chat.postMessage' };
const anyFault: fc.Arbitrary<Partial<FaultSettings>> = fc.oneof(
  fc.constantFrom({ errorBefore: { remaining: 1, ...post } }, { errorAfter: { remaining: 1, ...post } }),
  fc.constantFrom({ lostReply: { remaining: 1, ...post } }, { errorBefore: { remaining: 1 } }),
  fc.constantFrom({ rateLimit: { remaining: 1, retryAfterSec: 1, ...post } }, { latencyMs: 20 }, { latencyMs: 0 }),
);
const anyStep = fc.record({
  account: fc.constantFrom<Account>('ACC100', 'ACC200'),
  fault: fc.option(anyFault, { freq: 2 }),
});

let lastSj = 400_000;
const sjOf = ({ text }: MessageReading) => /SJ (\d{6})/.exec(text)?.[1] ?? '';
const deliveryOf = ({ metadata }: MessageReading) => JSON.stringify(metadata?.event_payload);

it('every card appears exactly once, and in the order of filing in every channel, whatever Slack does meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 8, maxLength: 14 }), async (steps) => {
      const filed: Record<Account, string[]> = { ACC100: [], ACC200: [] };
      const amira = world.workspace.as('amira');
      const file = async (account: Account) => {
        const sj = String(++lastSj);
        filed[account].push(sj);
        await fillFeedback(amira, sj, account);
        expect((await amira.submit()).closed).toBe(true);
        return sj;
      };
      for (const { account, fault } of steps) {
        if (fault) await world.workspace.faults.set(fault);
        await file(account);
      }
      world.workspace.faults.clear();
      for (const account of ['ACC100', 'ACC200'] as const) await cardOf(world, await file(account), CHANNELS[account]);

      for (const account of ['ACC100', 'ACC200'] as const) {
        const cards = world.workspace.messages(CHANNELS[account]).filter((card) => filed[account].includes(sjOf(card)));
        expect(cards.map(sjOf)).toEqual(filed[account]);
        expect(new Set(cards.map(deliveryOf)).size).toBe(cards.length);
      }
    }),
    { seed: 20_261_102, numRuns: NIGHTLY ? 20 : 2, endOnFailure: true },
  );
});
