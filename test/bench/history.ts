import { mongo } from 'mongoose';
import type { Database } from '../../sandbox/database';
import { caseStore } from '../../src/db/cases';
import type { CaseFacts } from '../../src/domain/case';
import type { CaseEvent } from '../../src/domain/event';
import { type Mailbox, mailboxOf } from '../../src/domain/mailbox';
import { withMessages } from '../../src/domain/messages';
import type { Move } from '../../src/domain/moves/declared';
import type { JobDeps } from '../../src/jobs/job';
import { moveCase } from '../../src/services/move-case';
import type { StoredCase } from '../../src/services/ports/cases';
import { checkRecord } from '../../src/services/proof/check-record';
import { later, MONDAY, minutes, moved, storedCase } from '../support/cases';
import { median, rounded } from './figures';
import { setStage, watchedTool } from './stage';

/** How many notes a case has when a move on it is measured. */
const SIZES = (process.env.BENCH_NOTES ?? '100,1000,10000,100000').split(',').map(Number);
/** How many moves before each size are measured. */
const MEASURED = 90;
const TEXT = 'Called the SP again, nobody picked up; the customer asks for a technician today. '.repeat(5);
const GOAL = { ratio: 1.2, documentKb: 512 };
/** Other moves are made this many at once. */
const AT_ONCE = 60;
const NOTE: Move = { type: 'add_note', id: null, text: TEXT };
const STAGE = { agents: 1, areas: 1, postIntervalMs: 0 };

/**
 * What one more note costs a case that already has so many, without sending anything: ms, database commands, document
 * size; then how long it takes to read its whole history and to check its chain.
 */
export async function history(database: Database, progress: (line: string) => void): Promise<object> {
  const stage = await setStage(database, 'warmline', STAGE);
  let now = MONDAY;
  const { deps, commands, stop } = await watchedTool(stage, () => now);
  await caseStore(stage.connection).ensureIndexes();
  await deps.cases.insert(inArea('Area 0'));
  const by = stage.workspace.ids.users.manager0 ?? '';
  const figures: Measured[] = [];
  try {
    for (const notes of SIZES) {
      for (let { seq } = await long(deps); seq < notes + 2 - MEASURED; seq = (await long(deps)).seq) {
        now = later(now, minutes(1));
        await laid(deps, Math.min(AT_ONCE, notes + 2 - MEASURED - seq), now);
      }
      const moves: { ms: number; commands: number }[] = [];
      for (let i = 0; i < MEASURED; i++) {
        now = later(now, 1000);
        commands.length = 0;
        const startedAt = performance.now();
        await moveCase(deps, { find: { id: 'long' }, move: NOTE, by, key: null });
        moves.push({ ms: performance.now() - startedAt, commands: commands.length });
      }
      const moveMs = rounded(median(moves.map(({ ms }) => ms)), 2);
      const document = await stage.connection.collection<{ _id: string }>('cases').findOne({ _id: 'long' });
      figures.push({
        notes: (await long(deps)).totals.notes,
        moveMs,
        ratio: rounded(moveMs / (figures[0]?.moveMs ?? moveMs)),
        commands: rounded(moves.reduce((sum, move) => sum + move.commands, 0) / MEASURED),
        documentKb: Math.round(mongo.BSON.calculateObjectSize(document ?? {}) / 1024),
      });
      progress(`history: ${JSON.stringify(figures.at(-1))}`);
    }
    const stored = await long(deps);
    const startedAt = performance.now();
    const broken = await checkRecord(deps.history, stored);
    const checked = {
      events: stored.seq,
      ms: rounded(performance.now() - startedAt, 1),
      broken: broken?.why ?? null,
    };
    return { goal: GOAL, sizes: figures, checked };
  } finally {
    await stop();
    await stage.stop();
  }
}

interface Measured {
  readonly notes: number;
  readonly moveMs: number;
  readonly ratio: number;
  /** Average per move. */
  readonly commands: number;
  readonly documentKb: number;
}

/** A new case in an area of the stage. */
function inArea(area: string): StoredCase {
  const stored = storedCase('long');
  const events = stored.events.map((event) =>
    event.type === 'routed' ? { ...event, data: { ...event.data, area } } : event,
  );
  return { ...stored, area, events };
}

async function long({ cases }: Pick<JobDeps, 'cases'>): Promise<StoredCase> {
  const stored = await cases.byId('long');
  if (!stored) throw new Error('The case is gone.');
  return stored;
}

/** Adds this many notes, by the usual rules, in one write. */
async function laid({ cases }: Pick<JobDeps, 'cases'>, count: number, now: Date): Promise<void> {
  const based = await long({ cases });
  let facts: CaseFacts = based;
  let mailbox: Mailbox = mailboxOf(based);
  const events: CaseEvent[] = [];
  for (let i = 0; i < count; i++) {
    const noted = moved(facts, NOTE, now);
    facts = noted.facts;
    mailbox = withMessages(facts, noted.events, mailbox, { moveTo: null, leadership: null, people: null });
    events.push(...noted.events);
  }
  if (!(await cases.save(based, { facts, events, mailbox }))) throw new Error('Nobody else writes here.');
}
