import dotenv from 'dotenv';
import { readConfig } from '../src/config';
import { connect } from '../src/db/connection';
import { makeLog } from '../src/log';
import { createMetrics } from '../src/metrics';
import { storesOf } from '../src/wiring/stores';
import { checkDatabase } from './check-config/database';
import { type Finding, lineOf, missing, reasonOf } from './check-config/finding';
import { checkPlaces, checkTokens } from './check-config/slack';

/** Checks the configuration against Slack and the database, and reports what is missing. Returns the exit code. */
export async function checkConfig(
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<0 | 1> {
  const read = readConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) say(`MISSING  ${fault}`);
    return 1;
  }
  const { config } = read;
  const log = makeLog({ ...config, logLevel: 'silent' });
  let gaps = 0;
  const tell = (findings: readonly Finding[]) => {
    for (const finding of findings) say(lineOf(finding));
    gaps += findings.filter(({ is }) => is === 'missing').length;
  };

  const { findings, lookup } = await checkTokens(config, log);
  tell(findings);
  try {
    const connection = await connect(config.mongodbUri, log);
    try {
      const now = () => new Date();
      const { stores } = storesOf(connection, {
        now,
        log,
        metrics: createMetrics(now, log),
        onEvents: () => undefined,
      });
      const found = await checkDatabase(connection);
      tell(found);
      if (lookup && connection.readyState === 1) {
        const { directory } = stores;
        const [areas, policy] = await Promise.all([directory.areas(), directory.policy()]);
        tell(await checkPlaces(lookup, { areas, policy, admins: config.adminUsers }));
      }
    } finally {
      await connection.close();
    }
  } catch (error) {
    tell([missing(`the database (${reasonOf(error)})`, 'correct MONGODB_URI')]);
  }
  say(gaps ? `${gaps} ${gaps === 1 ? 'thing is' : 'things are'} missing.` : 'Nothing is missing.');
  return gaps ? 1 : 0;
}

if (require.main === module) {
  dotenv.config({ quiet: true });
  void checkConfig(process.env, (line) => console.log(line)).then((code) => {
    process.exitCode = code;
  });
}
