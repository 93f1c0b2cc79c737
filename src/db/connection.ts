import mongoose, { type Connection, mongo } from 'mongoose';
import type { Logger } from 'pino';
import { fixHalfClosedWrites } from './half-closed';

const OPTIONS: mongo.MongoClientOptions = {
  // A submission has 3 s in total: better to say at once that the store is down.
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 2_000,
  heartbeatFrequencyMS: 2_000,
  // What lies between forgets connections that say nothing for some minutes, and tells no one: a command sent into one waits for ever.
  maxIdleTimeMS: 120_000,
  writeConcern: { w: 'majority' },
  // The driver skips retries by itself if the server has no sessions.
  retryWrites: true,
};
const RETRY_MS = 1_000;
const AUTHENTICATION_FAILED = 18;
const UNAUTHORIZED = 13;

/**
 * Its own connection (never mongoose's global one) whose operations are not queued while the database is unreachable:
 * they fail within 2 s. If the database is down, this takes at most 2 s: it returns the connection anyway, which keeps
 * trying until it is closed. Throws if waiting cannot help: an invalid address, refused credentials.
 */
export async function connect(uri: string, log: Logger): Promise<Connection> {
  fixHalfClosedWrites();
  const client = clientFor(uri);
  const connection = mongoose.createConnection();
  // `connection.set` changes only settings given before, which needs an address.
  Object.assign(connection.config, { bufferCommands: false, autoIndex: false, autoCreate: false });
  let leaving = false;
  connection.on('disconnecting', () => {
    leaving = true;
  });
  connection.on('disconnected', () => {
    if (!leaving) log.warn('the database is away; cases are refused, not lost, until it is back');
  });
  connection.on('reconnected', () => log.info('the database is back'));
  // Otherwise it would stay in mongoose's list of all.
  connection.once('close', () => connection.destroy());

  const attempt = async (): Promise<void> => {
    await client.connect();
    // `connect` checks no password if the address has none; any usable server answers a ping.
    await client.db().command({ ping: 1 });
  };
  try {
    await attempt();
    return connection.setClient(client);
  } catch (error) {
    if (!mayPass(error)) {
      await client.close();
      throw new Error(`The database refuses the connection from Warmline: ${reason(error)}. Correct MONGODB_URI.`, {
        cause: error,
      });
    }
    log.error(
      { err: error },
      'the database does not answer; nothing can be stored until it does, and it is tried again',
    );
  }

  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let isRefused = false;
  const again = () => {
    timer = setTimeout(async () => {
      try {
        await attempt();
        if (closed) return await client.close();
        connection.setClient(client);
        log.info('the database answers');
      } catch (error) {
        const refuses = !mayPass(error);
        if (refuses && !isRefused)
          log.error(
            { err: error },
            `the database refuses the connection: ${reason(error)}. Correct MONGODB_URI and restart`,
          );
        else log.debug({ err: error }, 'the database still does not answer');
        isRefused = refuses;
        if (!closed) again();
      }
    }, RETRY_MS);
  };
  again();
  connection.once('close', () => {
    closed = true;
    clearTimeout(timer);
    client.close().catch((error: unknown) => log.warn({ err: error }, 'the database connection did not close cleanly'));
  });
  return connection;
}

function clientFor(uri: string): mongo.MongoClient {
  try {
    return new mongo.MongoClient(uri, OPTIONS);
  } catch (error) {
    throw new Error(`MONGODB_URI cannot be used: ${reason(error)}.`, { cause: error });
  }
}

/** Whether waiting may help: not if the credentials are refused. */
const mayPass = (error: unknown) => !(error instanceof mongo.MongoServerError && error.code === AUTHENTICATION_FAILED);
/** What to do if the database lets Warmline in but not read or write, in a sentence; null for any other error. */
export const lacksRights = (error: unknown): string | null =>
  error instanceof mongo.MongoServerError && error.code === UNAUTHORIZED
    ? `The database lets Warmline do nothing: ${error.message}. Correct MONGODB_URI: its user needs the role readWrite.`
    : null;
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
