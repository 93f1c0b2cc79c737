import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Schema } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { within } from '../../src/services/deadline';
import { door } from '../support/door';
import { electing } from '../support/electing';
import { freshDatabase, monitored } from '../support/engine';
import { until } from '../support/until';

const log = pino({ level: 'silent' });
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('the database connection', () => {
  const thing = new Schema<{ _id: string }>({ _id: String });

  it('is made at once if the database is up, and is never the global one', async () => {
    const connection = await connect(database.uri, log);
    await connection.model('Thing', thing).create({ _id: 'a' });
    expect(await connection.model('Thing').countDocuments()).toBe(1);
    expect((await import('mongoose')).default.connection.readyState).toBe(0);
    await connection.close();
  });

  it('starts without the database, refuses work meanwhile, and recovers by itself, twice', async () => {
    const way = await door(database.uri);
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

  it('fails a command on a socket that has just gone, and continues: it waits for nothing that never comes', async () => {
    const sockets = new Set<Socket>();
    const opened = (message: unknown) => void sockets.add((message as { socket: Socket }).socket);
    subscribe('net.client.socket', opened);
    const connection = await connect(monitored(database.uri), log);
    const things = connection.model('Thing', thing);
    await things.exists({ _id: 'a' });
    // Gone, but not closed yet: so a command is written before the event loop turns.
    connection.getClient().once('commandStarted', () => {
      for (const socket of sockets) socket.destroy();
    });
    await within(5_000, things.updateOne({ _id: 'half' }, { _id: 'half' }, { upsert: true })).catch((error: unknown) =>
      expect(String(error)).toContain('closed'),
    );
    await things.create({ _id: 'after' });
    unsubscribe('net.client.socket', opened);
    await connection.close();
  });

  it('says once that the credentials are refused, if the database was down at the start, and goes on trying', async () => {
    const primary = await electing(database.uri);
    primary.become('refusing');
    const way = await door(primary.uri);
    const lines: { level: number; msg: string }[] = [];
    const said = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const connection = await connect(way.uri, said);
    way.open();
    const refusals = () => lines.filter(({ msg }) => msg.includes('refuses the connection'));
    const tries = () => lines.slice(lines.indexOf(refusals()[0] as (typeof lines)[number]));
    await until(() => refusals().length > 0 && tries().length > 2, 'two more tries');
    expect(refusals()).toHaveLength(1);
    const connected = once(connection, 'connected');
    primary.become('up');
    await connected;
    await connection.close();
    await way.close();
    await primary.close();
  });

  it('can be closed while the database is down, and stops trying', async () => {
    const way = await door(database.uri);
    const connection = await connect(way.uri, log);
    await connection.close();
    way.open();
    expect(connection.readyState).toBe(0);
    await way.close();
  });

  it('refuses an invalid address, in words', async () => {
    await expect(connect('mongodb://', log)).rejects.toThrow(/^MONGODB_URI cannot be used: /);
  });
});
