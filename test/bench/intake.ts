import type { Database } from '../../sandbox/database';
import { caseStore } from '../../src/db/cases';
import { Floor, PART_NAMES, type Part, type Sample, spread } from './agents';
import type { AppName } from './app-process';
import { median, range, rounded } from './figures';
import { commandsOfOneCase } from './one-case';
import { setStage } from './stage';

const AT_ONCE = 50;
const ROUNDS = 10;
const A_ROUND = 100;
const AREAS = 10;
const GOAL = { ratio: 1.25, never: 1.6 };

/**
 * 1,000 submissions of each app, 50 at once, in alternating rounds of 100, so that other load affects both. The ratios
 * are medians of the rounds' ratios.
 */
export async function intake(database: Database, progress: (line: string) => void): Promise<object> {
  const options = { agents: AT_ONCE, areas: AREAS, postIntervalMs: 1000 };
  const names: readonly AppName[] = ['bare', 'warmline'];
  const stages = await Promise.all(names.map((name) => setStage(database, name, options)));
  // An engine that builds them while cases are filed would be measured without them.
  for (const stage of stages) if (stage.app === 'warmline') await caseStore(stage.connection).ensureIndexes();
  const apps = await Promise.all(stages.map((stage) => stage.start()));
  const floors = stages.flatMap((stage, index) => {
    const app = apps[index];
    return app ? [{ name: stage.app, floor: new Floor(stage, app) }] : [];
  });
  const rounds: Record<AppName, Sample[][]> = { bare: [], warmline: [] };
  try {
    for (const round of range(ROUNDS + 1)) {
      for (const { name, floor } of floors) {
        const samples = await floor.file(A_ROUND);
        if (!database.hasSecondaryIndexes) await floor.clear();
        if (round === 0) continue; // both warm up first
        rounds[name].push(samples);
        const { p50, p99 } = spread(samples, 'whole');
        progress(`intake: round ${round} of ${ROUNDS}, ${name}: p50 ${p50} ms, p99 ${p99} ms`);
      }
    }
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    await Promise.all(stages.map((stage) => stage.stop()));
  }
  const commands = await commandsOfOneCase(database);
  progress(`intake: one case, ${commands.commands} commands: ${commands.which.join(', ')}`);
  return {
    oneCase: { ...commands },
    submissions: ROUNDS * A_ROUND,
    atOnce: AT_ONCE,
    goal: GOAL,
    ...Object.fromEntries(PART_NAMES.map((part) => [part, compared(rounds, part)])),
  };
}

/** Medians over the rounds, ms, and of the ratios of each pair of rounds. */
function compared(rounds: Record<AppName, Sample[][]>, part: Part) {
  const [bare, warmline] = [rounds.bare, rounds.warmline].map((list) => list.map((samples) => spread(samples, part)));
  const figure = (quantile: 'p50' | 'p99') => {
    const [before, now] = [bare ?? [], warmline ?? []].map((list) => list.map((one) => one[quantile]));
    const ratios = (now ?? []).map((ms, index) => ms / (before?.[index] ?? Number.NaN));
    return { bareMs: median(before ?? []), warmlineMs: median(now ?? []), ratio: rounded(median(ratios)) };
  };
  return { p50: figure('p50'), p99: figure('p99') };
}
