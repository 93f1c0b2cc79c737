import type { Connection } from 'mongoose';
import type { Engine } from '../domain/health';

/** The database's version and kind. Rejects if it is unreachable. */
export const engineOf = (connection: Connection) => async (): Promise<Engine> => {
  const { db } = connection;
  if (!db) throw new Error('The database is not connected.');
  // `isMaster`, not `hello`: every engine answers the older name.
  const admin = db.admin();
  const [info, hello] = await Promise.all([admin.command({ buildInfo: 1 }), admin.command({ isMaster: 1 })]);
  const name = 'ferretdb' in info ? 'FerretDB' : 'gitVersion' in info ? 'MongoDB' : 'stand-in';
  return { name, version: String(info.version), replicaSet: typeof hello.setName === 'string' ? hello.setName : null };
};
