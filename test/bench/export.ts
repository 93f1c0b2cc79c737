import type { Database } from '../../sandbox/database';
import type { Actor } from '../../sandbox/workspace';
import { documentOf } from '../../src/db/case-document';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import type { AppName } from './app-process';
import { range, rounded } from './figures';
import { type Stage, setStage } from './stage';

const SIZES = process.env.BENCH_ROWS?.split(',').map(Number) ?? [10_000, 100_000];
const STAGE = { agents: 1, areas: 10, postIntervalMs: 0 };
const A_BATCH = 1_000;
const PATIENCE_MS = 20 * 60_000;
const STORY = 'The technician came two hours late, left the line open and asked for cash. '.repeat(4);

/**
 * An export of this many cases, from the press of the button until the file is in the DM, and the most memory it took.
 * The bare app runs a cursor through csv-stringify into a file, and uploads nothing.
 */
export async function exports(database: Database, progress: (line: string) => void): Promise<object> {
  const figures: Record<AppName, Figure[]> = { bare: [], warmline: [] };
  for (const size of SIZES)
    for (const name of ['bare', 'warmline'] as const) {
      const figure = await measured(database, name, size, progress);
      progress(`export: ${name}, ${size} rows: ${figure.ms} ms, at most ${figure.peakMb} MB`);
      figures[name].push(figure);
    }
  const verdict = ({ bare, warmline }: typeof figures) => ({
    goal: { peakRatio: 1.2 },
    peakRatio: { bare: peakRatio(bare), warmline: peakRatio(warmline) },
  });
  return { sizes: SIZES, ...verdict(figures), ...figures };
}

interface Figure {
  readonly rows: number;
  readonly ms: number;
  /** Before the export, and the maximum during it. */
  readonly readyMb: number;
  readonly peakMb: number;
}
const peakRatio = (figures: readonly Figure[]) =>
  rounded((figures.at(-1)?.peakMb ?? Number.NaN) / (figures[0]?.peakMb ?? Number.NaN));

async function measured(
  database: Database,
  name: AppName,
  rows: number,
  progress: (line: string) => void,
): Promise<Figure> {
  const stage = await setStage(database, name, STAGE);
  try {
    await layOut(stage, rows, progress);
    const app = await stage.start();
    try {
      const before = await app.memory();
      const startedAt = performance.now();
      if (name === 'bare') await app.do({ ask: 'export' });
      else await press(stage, { Kind: ['SP feedback'] }, rows);
      const ms = Math.round(performance.now() - startedAt);
      const { peakMb } = await app.memory();
      return { rows, ms, readyMb: Math.round(before.peakMb), peakMb: Math.round(peakMb) };
    } finally {
      await app.stop();
    }
  } finally {
    await stage.stop();
  }
}

/** Searches and presses the button; resolves once the file is there. As an admin, Ada may read every case. */
export async function press({ workspace }: Stage, entries: Parameters<Actor['fill']>[0], rows: number): Promise<void> {
  const ada = workspace.as('ada');
  await ada.command('/warmline search', 'unrouted');
  await ada.waitForModal(({ labels }) => labels.includes('Words'));
  await ada.fill(entries);
  const { updated, ...otherwise } = await ada.submit();
  if (!updated) throw new Error(`The search gave nothing: ${JSON.stringify(otherwise)}`);
  await ada.press('Export CSV');
  const expected = `${rows.toLocaleString('en-US')} cases`;
  await ada.waitForDm(({ files, text }) => files.length > 0 && text.includes(expected), PATIENCE_MS);
}

async function layOut({ connection }: Stage, rows: number, progress: (line: string) => void): Promise<void> {
  const cases = connection.collection('cases');
  for (let made = 0; made < rows; made += A_BATCH) {
    await cases.insertMany(range(Math.min(A_BATCH, rows - made)).map((i) => documentOf(stored(made + i))) as never);
    if (made % (20 * A_BATCH) === 0) progress(`export: ${made} of ${rows} cases laid out`);
  }
}

function stored(i: number): StoredCase {
  const filedAt = later(MONDAY, -minutes(i));
  const answers = { reason: 'customer_feedback', customer_type: 'negative', customer_details: STORY };
  return {
    ...storedCase(`${200_000 + i}`, filedAt),
    filedAt,
    answers,
    state: 'resolved',
    clocks: [],
    outbox: [],
    events: [],
  };
}
