import type { Connection } from 'mongoose';
import type { Engine } from '../domain/health';

/** What the database says of itself. Rejects when it cannot be reached. */
export const engineOf = (connection: Connection) => async (): Promise<Engine> => {
  const { db } = connection;
  if (!db) throw new Error('The database is not connected.');
  const [info, hello] = await Promise.all([db.admin().command({ buildInfo: 1 }), db.admin().command({ hello: 1 })]);
  const name = 'ferretdb' in info ? 'FerretDB' : 'gitVersion' in info ? 'MongoDB' : 'stand-in';
  return { name, version: String(info.version), replicaSet: typeof hello.setName === 'string' ? hello.setName : null };
};
