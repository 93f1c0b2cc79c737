import type { Connection } from 'mongoose';
import type { Engine } from '../domain/health';

/** What the database says of itself. Rejects when it cannot be reached. */
export const engineOf = (connection: Connection) => async (): Promise<Engine> => {
  const { db } = connection;
  if (!db) throw new Error('The database is not connected.');
  // `isMaster`, not `hello`: the older name is the one that every engine answers.
  const admin = db.admin();
  const [info, hello] = await Promise.all([admin.command({ buildInfo: 1 }), admin.command({ isMaster: 1 })]);
  const name = 'ferretdb' in info ? 'FerretDB' : 'gitVersion' in info ? 'MongoDB' : 'stand-in';
  return { name, version: String(info.version), replicaSet: typeof hello.setName === 'string' ? hello.setName : null };
};
