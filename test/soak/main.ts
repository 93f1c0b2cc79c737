import { randomInt, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startDatabase } from '../../sandbox/database';
import { compilePrograms, program } from '../support/programs';
import { told } from './print';
import { soak } from './soak';

const FIRST_CASES = 8;
const OPTIONS = {
  kills: { type: 'string', default: '20' },
  seed: { type: 'string' },
  seconds: { type: 'string', default: '3600' },
  people: { type: 'string', default: '9' },
  verbose: { type: 'boolean', default: false },
} as const;

/** `npm run soak -- --kills 200 --seed 7`: figures and problems on stdout, progress on stderr; exit code 1 on a problem. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const number = (name: 'kills' | 'seed' | 'seconds' | 'people') => {
    const value = Number(values[name] ?? randomInt(1_000_000));
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Error(`--${name} takes a whole number, not "${values[name]}".`);
    return value;
  };
  const [kills, seed, seconds, people] = [number('kills'), number('seed'), number('seconds'), number('people')];
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  process.stdout.write(`seed ${seed}\n`);

  await compilePrograms();
  const database = await startDatabase({ log: progress });
  try {
    const report = await soak({
      seed,
      kills,
      seconds,
      people,
      firstCases: FIRST_CASES,
      isPatient: false,
      databaseUri: database.databaseUri(`soak-${randomUUID()}`),
      script: program('test/soak/app-instance.ts'),
      progress,
    });
    process.stdout.write(`${told(report, values.verbose)}\n`);
    if (report.problems.length > 0) process.exitCode = 1;
  } finally {
    await database.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
