import { dateOf, dayAt } from '../../src/domain/local-time';
import { countCases } from '../../src/services/search-cases';
import { Floor } from './agents';
import type { AppProcess } from './app-process';
import { press } from './export';
import { range, rounded } from './figures';
import { listenedTo } from './home';
import { MANY } from './many-cases';
import { type Figures, type House, Tally, timed } from './many-figures';

type Progress = (line: string) => void;
const STARTS = 5;
const AT_ONCE = 50;
const FILED = 500;
/** A tenth of all: those of the newest days. */
const EXPORTED_DAYS = 73;

/** Exports of a tenth of a million, and of all ten thousand, from the press of the button; and their memory. */
export async function exporting(houses: readonly House[], progress: Progress): Promise<Figures> {
  const figures = [];
  for (const { stage, size, now } of houses) {
    const from = dateOf(dayAt('UTC', now) - EXPORTED_DAYS);
    const { app: tool } = await listenedTo(stage, now);
    const rows = await countCases(tool.jobDeps, { from }, stage.workspace.ids.users.ada ?? '', MANY.cases);
    await tool.stop();
    const figure = await running({ stage, size, now }, async (app) => {
      const before = await app.memory();
      const ms = await timed(() => press(stage, { 'Filed on or after': from }, rows));
      const { peakMb } = await app.memory();
      return { size, rows, ms: Math.round(ms), readyMb: Math.round(before.peakMb), peakMb: Math.round(peakMb) };
    });
    progress(`million: export: ${JSON.stringify(figure)}`);
    figures.push(figure);
  }
  const [few, many] = [figures[0], figures.at(-1)];
  return { goal: { peakRatio: 1.2 }, peakRatio: rounded((many?.peakMb ?? 0) / (few?.peakMb ?? 1)), among: figures };
}

/** From the start of a process until Slack can reach it: as left, and with all upgrade steps to run. */
export async function starting(houses: readonly House[]): Promise<Figures> {
  const tally = new Tally(houses);
  for (const turn of range(STARTS + 1))
    for (const house of houses) {
      const readyMs = await running(house, async (app) => app.readyMs);
      if (turn > 0) tally.add('ready', house, readyMs);
    }
  for (const house of houses) {
    const data = house.stage.connection.collection<{ _id: string }>('schema');
    const before = await data.findOne({ _id: 'data' });
    await data.deleteMany({});
    tally.add('ready, every step of an upgrade to be taken', house, await running(house, async (app) => app.readyMs));
    await data.replaceOne({ _id: 'data' }, before ?? {}, { upsert: true });
  }
  return { goal: { ms: 3_000 }, ...tally.figures() };
}

/** The app's memory after this many submissions, after garbage collection. */
export async function memory(houses: readonly House[], progress: Progress): Promise<Figures> {
  const figures: { size: number; rssMb: number; heapMb: number }[] = [];
  for (const house of houses) {
    const figure = await running(house, async (app) => {
      const { stage } = house;
      const floor = new Floor({ ...stage, agents: stage.agents.slice(0, AT_ONCE) }, app);
      await floor.file(FILED);
      const { rssMb, heapMb } = await app.memory();
      return { size: house.size, rssMb: rounded(rssMb, 1), heapMb: rounded(heapMb, 1) };
    });
    progress(`million: memory: ${JSON.stringify(figure)}`);
    figures.push(figure);
  }
  const ratio = (of: 'rssMb' | 'heapMb') => rounded((figures.at(-1)?.[of] ?? 0) / (figures[0]?.[of] ?? 1));
  return {
    goal: { ratio: 1.2 },
    submissions: FILED,
    rssRatio: ratio('rssMb'),
    heapRatio: ratio('heapMb'),
    among: figures,
  };
}

async function running<T>({ stage }: House, work: (app: AppProcess) => Promise<T>): Promise<T> {
  const app = await stage.start();
  try {
    return await work(app);
  } finally {
    await app.stop();
  }
}
