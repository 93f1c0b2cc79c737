import type { Database } from '../../sandbox/database';
import type { AppName } from './app-process';
import { median, range, rounded } from './figures';
import { setStage } from './stage';

const STARTS = 7;
const STAGE = { agents: 1, areas: 10, postIntervalMs: 0 };

/** From the start of an app's process until Slack can reach it, the two in turns. */
export async function start(database: Database, progress: (line: string) => void): Promise<object> {
  const names: readonly AppName[] = ['bare', 'warmline'];
  const stages = await Promise.all(names.map((name) => setStage(database, name, STAGE)));
  const took: Record<AppName, number[]> = { bare: [], warmline: [] };
  try {
    for (const turn of range(STARTS + 1)) {
      for (const stage of stages) {
        const app = await stage.start();
        await app.stop();
        if (turn === 0) continue; // the first start has to create files and indexes
        took[stage.app].push(app.readyMs);
        progress(`start: ${turn} of ${STARTS}, ${stage.app}: ${Math.round(app.readyMs)} ms`);
      }
    }
  } finally {
    await Promise.all(stages.map((stage) => stage.stop()));
  }
  const [bareMs, warmlineMs] = [median(took.bare), median(took.warmline)];
  return {
    starts: STARTS,
    goal: { never: 2 },
    bareMs: Math.round(bareMs),
    warmlineMs: Math.round(warmlineMs),
    ratio: rounded(warmlineMs / bareMs),
  };
}
