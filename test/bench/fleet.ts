import type { Database } from '../../sandbox/database';
import type { AppProcess } from './app-process';
import { fileAll, type Load, outcome, posted } from './delivery';
import { type Stage, setStage } from './stage';

const INSTANCES = 3;
const KILL_EVERY_MS = 5_000;
const LOAD: Load = { channels: 200, aChannel: 30, intervalMs: Number(process.env.BENCH_INTERVAL_MS ?? 5_000) };
const PATIENCE_MS = 20 * LOAD.aChannel * LOAD.intervalMs;

/**
 * 200 channels with 30 waiting cards each, and three instances: how much is used of what the workspace allows, in the
 * worst channel, too, and whether every card arrived once and in order. Then the same while one of the three is killed
 * every five seconds and replaced.
 */
export async function fleet(database: Database, progress: (line: string) => void): Promise<object> {
  const calm = await run(database, progress, false);
  const killed = await run(database, progress, true);
  return { ...LOAD, instances: INSTANCES, goal: { share: 0.98 }, calm, killed };
}

async function run(database: Database, progress: (line: string) => void, isKilled: boolean): Promise<object> {
  const stage = await setStage(database, 'warmline', {
    agents: 1,
    areas: LOAD.channels,
    postIntervalMs: LOAD.intervalMs,
  });
  try {
    progress('fleet: cases are filed');
    const expected = await fileAll(stage, LOAD);
    const apps = await Promise.all(Array.from({ length: INSTANCES }, () => stage.start()));
    const clock = setInterval(() => progress(`fleet: ${posted(stage)} posted`), 5_000);
    const killer = isKilled ? killing(stage, apps) : null;
    try {
      const all = LOAD.channels * LOAD.aChannel;
      await stage.workspace.waitFor(() => posted(stage) >= all, PATIENCE_MS, 'every message');
    } finally {
      clearInterval(clock);
      const kills = await killer?.stop();
      if (kills !== undefined) progress(`fleet: ${kills} killed`);
      await Promise.all(apps.map((app) => app.stop()));
    }
    return outcome(stage, LOAD, expected);
  } finally {
    await stage.stop();
  }
}

/** Kills the instances in turn, and replaces each; `stop` returns how many died. */
function killing(stage: Stage, apps: AppProcess[]) {
  let kills = 0;
  let last: Promise<void> = Promise.resolve();
  const killNext = async () => {
    const place = kills++ % INSTANCES;
    await apps[place]?.kill();
    apps[place] = await stage.start();
  };
  const timer = setInterval(() => {
    last = last.then(killNext);
  }, KILL_EVERY_MS);
  return {
    async stop(): Promise<number> {
      clearInterval(timer);
      await last;
      return kills;
    },
  };
}
