import { JOBS, runJob } from '../../src/jobs/schedule';
import { range } from './figures';
import { type Heard, listenedTo, painter } from './home';
import { ASKS, HOME_GOAL, HOMES } from './many-asks';
import { type Figures, type House, Tally, timed } from './many-figures';
import { ticker } from './sweep';

type Progress = (line: string) => void;
const ROUNDS = 5;
const DUE = 1_000;
/** Only what begins like this is asked. */
const { BENCH_ASKS = '' } = process.env;

/** The first paint of each Home. */
export const homes = (houses: readonly House[]): Promise<Figures> =>
  heardIn(houses, async (rooms) => {
    const tally = new Tally(houses);
    const painters = rooms.map(({ house, heard }) => ({ house, ...painter(house.stage, heard, HOMES) }));
    for (const round of range(ROUNDS + 1))
      for (const { house, paint } of painters)
        for (const [name, ms] of Object.entries(await paint())) if (round > 0) tally.add(name, house, ms); // all warm up first
    const asked = painters.at(-1)?.asked ?? {};
    return { goal: HOME_GOAL, ...joined(tally, asked) };
  });

/** Searches, and jobs that write or count many cases at once. */
export const asks = (houses: readonly House[], progress: Progress): Promise<Figures> =>
  heardIn(houses, async (rooms) => {
    const tally = new Tally(houses);
    const asked: Record<string, object> = {};
    const failed: Record<string, string> = {};
    for (const { name, ask, goal, rounds = ROUNDS } of ASKS.filter(({ name }) => name.startsWith(BENCH_ASKS))) {
      try {
        for (const round of range(rounds + 1))
          for (const { house, heard } of rooms) {
            const { app, overheard } = heard;
            const asking = { ...house, deps: app.jobDeps };
            Object.assign(overheard, { commands: 0, documents: 0 });
            const ms = await timed(() => ask(asking));
            if (round > 0) tally.add(name, house, ms);
            asked[name] = { ...overheard, ...(goal && { goal }) };
          }
      } catch (error) {
        // The engine gave it up: the others are still worth asking.
        failed[name] = String(error);
      }
      progress(`million: ${name}: ${failed[name] ?? JSON.stringify(tally.figures()[name])}`);
    }
    return { ...joined(tally, asked), failed };
  });

/** A run of each scheduled job with little or nothing to do. */
export const jobs = (houses: readonly House[]): Promise<Figures> =>
  heardIn(houses, async (rooms) => {
    const tally = new Tally(houses);
    const asked: Record<string, object> = {};
    for (const round of range(ROUNDS + 1))
      for (const { house, heard } of rooms)
        for (const job of JOBS) {
          const { app, overheard } = heard;
          Object.assign(overheard, { commands: 0, documents: 0 });
          const ms = await timed(async () => {
            if (!(await runJob({ ...app.jobDeps, onStored: () => undefined }, job)))
              throw new Error(`${job.name} failed.`);
          });
          if (round > 0) tally.add(job.name, house, ms);
          asked[job.name] = { ...overheard };
        }
    return joined(tally, asked);
  });

/** A tick with this many due, and one with nothing. */
export async function sweep(houses: readonly House[], progress: Progress): Promise<Figures> {
  const tally = new Tally(houses);
  const ticks: ({ readonly house: House } & Awaited<ReturnType<typeof ticker>>)[] = [];
  try {
    // One after the other: each listens to the connection that came with it.
    for (const house of houses) ticks.push({ house, ...(await ticker(house.stage)) });
    for (const round of range(ROUNDS + 1))
      for (const { house, tick, idle } of ticks) {
        const [due, none] = [await tick(DUE), await idle()];
        progress(
          `million: sweep among ${house.size}: ${due.ms} ms, ${none.ms} ms with nothing due, heap +${due.heapMb} MB`,
        );
        if (round === 0) continue;
        tally.add('tick', house, due.ms);
        tally.add('idle', house, none.ms);
      }
  } finally {
    for (const { stop } of ticks) await stop();
  }
  return { due: DUE, goal: { ratio: 1.2 }, ...tally.figures() };
}

interface Room {
  readonly house: House;
  readonly heard: Heard;
}

/** The app on each house, in this process, with its database commands. */
async function heardIn(houses: readonly House[], work: (rooms: readonly Room[]) => Promise<Figures>): Promise<Figures> {
  const rooms: Room[] = [];
  try {
    for (const house of houses) rooms.push({ house, heard: await listenedTo(house.stage, house.now) });
    return await work(rooms);
  } finally {
    for (const { heard } of rooms) await heard.app.stop();
  }
}

/** The times, and the commands among the most cases. */
const joined = (tally: Tally, asked: Readonly<Record<string, object>>): Figures =>
  Object.fromEntries(Object.entries(tally.figures()).map(([name, figure]) => [name, { ...figure, ...asked[name] }]));
