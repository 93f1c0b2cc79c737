import { once } from 'node:events';
import net from 'node:net';
import { mongo } from 'mongoose';

/** How a primary answers writes while its replica set elects another one. */
export type Primary =
  | 'up'
  /** It has stepped down: it refuses them. */
  | 'stepped_down'
  /** It is cut off from the others and takes them, but no majority ever has them: they are rolled back. */
  | 'isolated'
  /** It answers, but nothing is allowed: the address has no user, or one without rights. */
  | 'locked'
  /** It refuses the credentials. */
  | 'refusing';

/** A proxy in front of a database that behaves like a primary in an election, and counts the writes it did not make. */
export interface Electing {
  /** The database's address through the proxy. */
  readonly uri: string;
  /** The writes that were refused or rolled back, by command. */
  readonly unmade: readonly string[];
  /** Those of them that did not ask for a majority. */
  readonly alone: readonly string[];
  become(primary: Primary): void;
  /** Cuts every connection, as a primary does that steps down or comes back. */
  cut(): void;
  close(): Promise<void>;
}

/** What any server answers, to anyone. */
const FREE = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'buildInfo', 'endSessions']);
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);
const OP_MSG = 2013;
const HEADER = 16;
/** Flags of four bytes, and the kind of the first section. */
const BODY = HEADER + 5;
const NOT_PRIMARY = { ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary' };
const REFUSED = { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' };
const LOCKED = { ok: 0, code: 13, codeName: 'Unauthorized' };
const ROLLED_BACK = {
  code: 189,
  codeName: 'PrimarySteppedDown',
  errmsg: 'Primary stepped down while waiting for replication',
};

export async function electing(databaseUri: string): Promise<Electing> {
  const target = new URL(databaseUri);
  const sockets = new Set<net.Socket>();
  let primary: Primary = 'up';
  const unmade: string[] = [];
  const alone: string[] = [];

  /** The answer to a write that is not made, or null: the database answers. */
  function answerTo(message: Buffer): Buffer | null {
    if (primary === 'up' || message.readInt32LE(12) !== OP_MSG) return null;
    const command = mongo.BSON.deserialize(message.subarray(BODY, BODY + message.readInt32LE(BODY)));
    const [name = ''] = Object.keys(command);
    if (primary === 'refusing' && name === 'ping') return reply(message, REFUSED);
    if (primary === 'locked')
      return FREE.has(name) ? null : reply(message, { ...LOCKED, errmsg: `command ${name} requires authentication` });
    if (!WRITES.has(name)) return null;
    // Without this, one member alone would confirm the write, and then lose it.
    if (command.writeConcern?.w !== 'majority') alone.push(name);
    unmade.push(name);
    if (primary === 'stepped_down') return reply(message, NOT_PRIMARY);
    const done =
      name === 'findAndModify'
        ? { value: null, lastErrorObject: { n: 1, updatedExisting: true } }
        : { n: 1, nModified: 1 };
    return reply(message, { ok: 1, ...done, writeConcernError: ROLLED_BACK });
  }

  const server = net.createServer((client) => {
    const inner = net.connect(Number(target.port), target.hostname);
    for (const socket of [client, inner]) sockets.add(socket.on('error', () => socket.destroy()));
    let waiting = Buffer.alloc(0);
    client.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= HEADER && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0));
        waiting = waiting.subarray(message.length);
        const answer = answerTo(message);
        if (answer) client.write(answer);
        else inner.write(message);
      }
    });
    inner.on('data', (chunk) => client.write(chunk));
    client.on('close', () => inner.destroy());
    inner.on('close', () => client.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const through = new URL(databaseUri);
  through.host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  through.searchParams.set('directConnection', 'true');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    uri: through.href,
    unmade,
    alone,
    become: (next) => {
      primary = next;
    },
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(to: Buffer, document: object): Buffer {
  const body = mongo.BSON.serialize(document);
  const message = Buffer.alloc(BODY + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(to.readInt32LE(4), 8);
  message.writeInt32LE(OP_MSG, 12);
  message.set(body, BODY);
  return message;
}
