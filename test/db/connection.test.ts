import { once } from 'node:events';
import net from 'node:net';
import { Schema } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { freshDatabase } from '../support/engine';

const log = pino({ level: 'silent' });
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** A door in front of the database that can be shut: what a person sees when the database is down. */
async function door() {
  const target = new URL(database.uri);
  const sockets = new Set<net.Socket>();
  let open = false;
  const server = net.createServer((client) => {
    sockets.add(client.on('error', () => client.destroy()));
    if (!open) return void client.destroy();
    const inner = net.connect(Number(target.port), target.hostname);
    sockets.add(inner.on('error', () => inner.destroy()));
    client.pipe(inner).pipe(client);
    client.on('close', () => inner.destroy());
    inner.on('close', () => client.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  const through = new URL(database.uri);
  through.host = `127.0.0.1:${port}`;
  through.searchParams.set('directConnection', 'true');
  return {
    uri: through.href,
    open: () => {
      open = true;
    },
    shut: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the database connection', () => {
  const thing = new Schema<{ _id: string }>({ _id: String });

  it('is made at once when the database is up, and never is the global one', async () => {
    const connection = await connect(database.uri, log);
    await connection.model('Thing', thing).create({ _id: 'a' });
    expect(await connection.model('Thing').countDocuments()).toBe(1);
    expect((await import('mongoose')).default.connection.readyState).toBe(0);
    await connection.close();
  });

  it('starts without the database, refuses work meanwhile, and recovers by itself, twice', async () => {
    const way = await door();
    const connection = await connect(way.uri, log);
    const things = connection.model('Thing', thing);
    // Not queued: mongoose would say "buffering timed out".
    await expect(things.exists({ _id: 'x' })).rejects.toThrow('before initial connection');

    const connected = once(connection, 'connected');
    way.open();
    await connected;
    await things.create({ _id: 'x' });

    const lost = once(connection, 'disconnected');
    way.shut();
    await lost;
    await expect(things.exists({ _id: 'x' })).rejects.toThrow();

    const again = once(connection, 'reconnected');
    way.open();
    await again;
    expect(await things.exists({ _id: 'x' })).toEqual({ _id: 'x' });
    await connection.close();
    await way.close();
  });

  it('can be closed while the database is down, and stops trying', async () => {
    const way = await door();
    const connection = await connect(way.uri, log);
    await connection.close();
    way.open();
    expect(connection.readyState).toBe(0);
    await way.close();
  });

  it('refuses an address that is none, in words', async () => {
    await expect(connect('mongodb://', log)).rejects.toThrow(/^MONGODB_URI cannot be used: /);
  });
});
