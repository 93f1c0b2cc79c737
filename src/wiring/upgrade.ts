import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { recheckKeys } from '../db/case-filters';
import type { connect } from '../db/connection';
import { dataVersion } from '../db/data-version';
import { laneLeases } from '../db/lanes';
import { MIGRATIONS } from '../db/migrations';
import type { Migration } from '../db/migrations/migration';
import { createUpgrade, type Upgrade } from '../upgrade';

interface UpgradeOptions {
  readonly connection: Awaited<ReturnType<typeof connect>>;
  readonly log: Logger;
  readonly release: string;
  readonly leaseMs: number;
  readonly migrations?: readonly Migration[] | undefined;
  readonly onUnfit?: ((why: string) => void) | undefined;
}

/** Brings the data of one database to this release. */
export function upgradeOf({ connection, log, release, leaseMs, migrations, onUnfit }: UpgradeOptions): Upgrade {
  const instance = randomUUID();
  return createUpgrade({
    instance,
    release,
    data: dataVersion(connection),
    migrations: migrations ?? MIGRATIONS,
    connection,
    isThere: () => connection.readyState === 1,
    leases: laneLeases(connection, `upgrade:${instance}`, leaseMs),
    leaseMs,
    log,
    onBehind: () => recheckKeys(connection),
    onUnfit: onUnfit ?? ((why) => log.fatal(why)),
  });
}
