import type { Database } from '../../sandbox/database';
import { Floor } from './agents';
import { range } from './figures';
import { setStage } from './stage';

const TRIES = 15;
const GOAL = 14;

/**
 * The fewest database commands to file, post and acknowledge one case, with no other activity, from Submit until its
 * last message: commands of jobs and leases occur in some tries, not in all.
 */
export async function commandsOfOneCase(database: Database) {
  const stage = await setStage(database, 'warmline', { agents: 1, areas: 1, postIntervalMs: 0, counted: true });
  const app = await stage.start();
  const floor = new Floor(stage, app);
  const tries: (readonly string[])[] = [];
  try {
    for (const one of range(TRIES + 1)) {
      await floor.burst(() => app.commands());
      await floor.acknowledge('manager0');
      const commands = await app.commands();
      if (one > 0) tries.push(commands); // the first try fills the caches
    }
  } finally {
    await app.stop();
    await stage.stop();
  }
  const [which = []] = tries.sort((a, b) => a.length - b.length);
  return { goal: GOAL, commands: which.length, which };
}
