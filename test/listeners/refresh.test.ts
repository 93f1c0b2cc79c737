import pino from 'pino';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { createRefresher, type RefreshDeps } from '../../src/listeners/home/refresh';
import { HOME_START, packPlace } from '../../src/slack/ids/home';
import { filedCase, MONDAY, moved, WEST } from '../support/cases';

const EVERY_MS = 2000;

/** Where the admins of a policy have their Home open. */
const ADMINS = { U0ADA: 'admin', U0SAM: 'admin', U0RITA: 'desk' } as const;

/** A refresher that draws for these people, and its log of drawings. */
function refresher(opened: readonly string[], answer: (user: string) => Promise<void> = async () => undefined) {
  const lookedUp: string[][] = [];
  const deps: RefreshDeps = {
    covers: { recent: async () => [] },
    directory: {
      areas: async () => [WEST],
      policy: async () => ({ ...DEFAULT_POLICY, roles: { admin: ['U0SAM', 'U0RITA'] } }),
    },
    people: { inGroup: async () => [] },
    homes: {
      lately: async (users, since) => {
        lookedUp.push([...users]);
        return users
          .filter((user) => opened.includes(user))
          .map((user) => {
            const tab = Object.entries(ADMINS).find(([id]) => id === user)?.[1] ?? 'desk';
            return { user, at: since, place: packPlace({ ...HOME_START, tab }), filters: {} };
          });
      },
    },
    admins: ['U0ADA'],
    now: () => MONDAY,
    log: pino({ level: 'silent' }),
  };
  const drawn: [user: string, ms: number][] = [];
  const begun = performance.now();
  const made = createRefresher(
    deps,
    async (user) => {
      drawn.push([user, Math.round(performance.now() - begun)]);
      await answer(user);
    },
    EVERY_MS,
  );
  return { made, drawn, lookedUp };
}
const { facts } = filedCase();
const handed = moved(facts, { type: 'reassign', area: 'East', owner: 'U0PRIYA', summary: 's' }, MONDAY).facts;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('draws once for many simultaneous changes, and at most once in two seconds per person', async () => {
  const { made, drawn, lookedUp } = refresher(['U0DANA']);
  for (let i = 0; i < 1000; i++) made.changed(facts, facts, 'U0TOM');
  await jest.advanceTimersByTimeAsync(300);
  expect(drawn).toEqual([['U0DANA', 200]]);
  for (let i = 0; i < 30; i++) {
    made.changed(facts, facts, 'U0TOM');
    await jest.advanceTimersByTimeAsync(100);
  }
  await jest.advanceTimersByTimeAsync(5000);
  expect(drawn.length).toBeLessThanOrEqual(3);
  for (const [i, [, at]] of drawn.entries()) if (i) expect(at - (drawn[i - 1]?.[1] ?? 0)).toBeGreaterThanOrEqual(2000);
  expect(drawn.at(-1)?.[1]).toBeGreaterThan(3000);
  expect(lookedUp.flat()).not.toContain('U0ADA');
});

it('draws for those who owned it, own it, filed it or acted, one after the other, and for no one who never opened Home', async () => {
  const { made, drawn } = refresher(['U0DANA', 'U0PRIYA', 'U0AMIRA', 'U0ROSA']);
  made.changed(handed, facts, 'U0ROSA');
  await jest.advanceTimersByTimeAsync(10_000);
  expect(drawn.map(([user]) => user).sort()).toEqual(['U0AMIRA', 'U0DANA', 'U0PRIYA', 'U0ROSA']);
  expect(drawn.map(([, at]) => at)).toEqual([200, 800, 1400, 2000]);
});

it('updates admins about what waits for them', async () => {
  const { made, drawn } = refresher(['U0ADA']);
  const reviewed = filedCase(MONDAY, null, { kind: 'exception', state: 'in_review', owner: null });
  made.changed(reviewed.facts, null, 'U0AMIRA');
  await jest.advanceTimersByTimeAsync(1000);
  expect(drawn.map(([user]) => user)).toEqual(['U0ADA']);
});

it("updates admins with their tab open about others' changes there, and no one else", async () => {
  const { made, drawn, lookedUp } = refresher(['U0ADA', 'U0SAM', 'U0RITA', 'U0DANA', 'U0AMIRA']);
  for (let i = 0; i < 100; i++) made.adminMatter('U0ADA');
  await jest.advanceTimersByTimeAsync(5000);
  expect(lookedUp).toEqual([['U0SAM', 'U0RITA']]);
  expect(drawn).toEqual([['U0SAM', 200]]);

  made.adminMatter('U0ADA');
  made.adminMatter(null);
  await jest.advanceTimersByTimeAsync(5000);
  expect(drawn.slice(1).map(([user]) => user)).toEqual(['U0ADA', 'U0SAM']);
});

it('waits as long as Slack asks for, then draws what is missing', async () => {
  let asked = 0;
  const { made, drawn } = refresher(['U0DANA'], async () => {
    if (asked++ === 0) throw Object.assign(new Error('rate limited'), { retryAfter: 7 });
  });
  made.changed(facts, facts, 'U0DANA');
  await jest.advanceTimersByTimeAsync(20_000);
  expect(drawn).toEqual([
    ['U0DANA', 200],
    ['U0DANA', 7200],
  ]);
});

it('draws nothing after it was stopped', async () => {
  const { made, drawn } = refresher(['U0DANA']);
  made.changed(facts, facts, 'U0DANA');
  await made.stop();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(drawn).toEqual([]);
});
