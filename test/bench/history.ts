import { mongo } from 'mongoose';
import type { Database } from '../../sandbox/database';
import { caseStore } from '../../src/db/cases';
import { firstBreak } from '../../src/db/evidence';
import { moveCase } from '../../src/services/move-case';
import { later, MONDAY, storedCase } from '../support/cases';
import { median, rounded } from './figures';
import { setStage, watchedTool } from './stage';

/** How many notes a case has when a move on it is measured. */
const SIZES = (process.env.BENCH_NOTES ?? '100,1000,10000,100000').split(',').map(Number);
/** So many moves before each size are measured. */
const MEASURED = 90;
const TEXT = 'Called the SP again, nobody picked up; the customer asks for a technician today. '.repeat(5);
const GOAL = { ratio: 1.2, documentKb: 512 };
const STAGE = { agents: 1, areas: 1, postIntervalMs: 0 };

/**
 * What one more note costs a case that has so many already, nothing of it sent: ms, commands to the database, the size
 * of its document; then how long its whole history takes to be read and its chain to be checked.
 */
export async function history(database: Database, progress: (line: string) => void): Promise<object> {
  const stage = await setStage(database, 'warmline', STAGE);
  let now = MONDAY;
  const { deps, commands, stop } = await watchedTool(stage, () => now);
  await caseStore(stage.connection).ensureIndexes();
  await deps.cases.insert({ ...storedCase('long'), area: 'Area 0' });
  const by = stage.workspace.ids.users.manager0 ?? '';
  const figures: { notes: number; moveMs: number; ratio: number; commands: number; documentKb: number }[] = [];
  let moves: { ms: number; commands: number }[] = [];
  try {
    for (let notes = 1; notes <= Math.max(...SIZES); notes++) {
      now = later(now, 1000);
      commands.length = 0;
      const startedAt = performance.now();
      await moveCase(deps, { find: { id: 'long' }, move: { type: 'add_note', id: null, text: TEXT }, by, key: null });
      moves = [...moves.slice(1 - MEASURED), { ms: performance.now() - startedAt, commands: commands.length }];
      if (notes % 5_000 === 0) progress(`history: ${notes} notes`);
      if (!SIZES.includes(notes)) continue;
      const moveMs = rounded(median(moves.map(({ ms }) => ms)), 2);
      const document = await stage.connection.collection<{ _id: string }>('cases').findOne({ _id: 'long' });
      figures.push({
        notes,
        moveMs,
        ratio: rounded(moveMs / (figures[0]?.moveMs ?? moveMs)),
        commands: rounded(moves.reduce((sum, move) => sum + move.commands, 0) / moves.length),
        documentKb: Math.round(mongo.BSON.calculateObjectSize(document ?? {}) / 1024),
      });
      progress(`history: ${JSON.stringify(figures.at(-1))}`);
    }
    const stored = await deps.cases.byId('long');
    if (!stored) throw new Error('The case is gone.');
    const startedAt = performance.now();
    const broken = await firstBreak(deps.history.all(stored));
    const checked = { events: stored.seq, ms: rounded(performance.now() - startedAt, 1), firstBreak: broken };
    return { goal: GOAL, sizes: figures, checked };
  } finally {
    await stop();
    await stage.stop();
  }
}
