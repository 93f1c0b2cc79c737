import type { Database } from '../../sandbox/database';
import { Floor } from './agents';
import type { AppName, AppProcess } from './app-process';
import { rounded } from './figures';
import { setStage } from './stage';

const FIRST = 1_000;
const LAST = 10_000;
const STEP = 500;
const STAGE = { agents: 50, areas: 10, postIntervalMs: 0 };

/** Each app's memory after 1,000 submissions and after 10,000, after garbage collection. */
export async function memory(database: Database, progress: (line: string) => void): Promise<object> {
  const bare = await grown(database, 'bare', progress);
  const warmline = await grown(database, 'warmline', progress);
  return { goal: { never: 1.2 }, bare, warmline };
}

async function grown(database: Database, name: AppName, progress: (line: string) => void) {
  const stage = await setStage(database, name, STAGE);
  const app = await stage.start();
  const floor = new Floor(stage, app);
  try {
    await fileUpTo(FIRST, 0);
    const first = await app.memory();
    await fileUpTo(LAST, FIRST);
    const last = await app.memory();
    return {
      rssMb: {
        [FIRST]: rounded(first.rssMb, 1),
        [LAST]: rounded(last.rssMb, 1),
        ratio: rounded(last.rssMb / first.rssMb),
      },
      heapMb: { [FIRST]: rounded(first.heapMb, 1), [LAST]: rounded(last.heapMb, 1) },
    };
  } finally {
    await app.stop();
    await stage.stop();
  }

  async function fileUpTo(count: number, from: number): Promise<void> {
    for (let filed = from; filed < count; filed += STEP) {
      await floor.file(STEP);
      if (!database.hasSecondaryIndexes) await floor.clear();
      progress(`memory: ${name}, ${filed + STEP} submissions, ${await heap(app)} MB of heap`);
    }
  }
}

const heap = async (app: AppProcess) => rounded((await app.memory()).heapMb, 1);
