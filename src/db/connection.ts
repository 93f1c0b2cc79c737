import mongoose, { type Connection, mongo } from 'mongoose';
import type { Logger } from 'pino';
import { mendHalfClosedWrites } from './half-closed';

const OPTIONS: mongo.MongoClientOptions = {
  // A submission has 3 s in all: better told at once that the store is down than late.
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 2_000,
  heartbeatFrequencyMS: 2_000,
  // What lies between forgets connections that say nothing for some minutes, and tells no one: a command sent into one waits for ever.
  maxIdleTimeMS: 120_000,
  writeConcern: { w: 'majority' },
  // The driver leaves retries out by itself where the server has no sessions.
  retryWrites: true,
};
const RETRY_MS = 1_000;
const AUTHENTICATION_FAILED = 18;

/**
 * A connection of its own (never mongoose's global one) whose operations are not queued while the database is away:
 * they fail within 2 s. A database that is down delays this by 2 s at most: the connection is given anyway, and goes
 * on trying until it is closed. Throws where waiting cannot help: an address that is none, credentials that are refused.
 */
export async function connect(uri: string, log: Logger): Promise<Connection> {
  mendHalfClosedWrites();
  const client = clientFor(uri);
  const connection = mongoose.createConnection();
  // `connection.set` reaches settings only that were given before, and without an address none can be given.
  Object.assign(connection.config, { bufferCommands: false, autoIndex: false, autoCreate: false });
  let leaving = false;
  connection.on('disconnecting', () => {
    leaving = true;
  });
  connection.on('disconnected', () => {
    if (!leaving) log.warn('the database is away; cases are refused, not lost, until it is back');
  });
  connection.on('reconnected', () => log.info('the database is back'));
  // One that is closed would stay in mongoose's list of all.
  connection.once('close', () => connection.destroy());

  const attempt = async (): Promise<void> => {
    await client.connect();
    // `connect` asks for no password check where the address carries none; a ping is answered by any usable server.
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
  const again = () => {
    timer = setTimeout(async () => {
      try {
        await attempt();
        if (closed) return await client.close();
        connection.setClient(client);
        log.info('the database answers');
      } catch (error) {
        log[mayPass(error) ? 'debug' : 'error']({ err: error }, 'the database still does not answer');
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

/** Whether waiting may help: not when the credentials are refused. */
const mayPass = (error: unknown) => !(error instanceof mongo.MongoServerError && error.code === AUTHENTICATION_FAILED);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
