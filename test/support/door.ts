import { once } from 'node:events';
import net from 'node:net';

/** A proxy in front of a database that can be shut, or slow: simulates a store that is down or struggles. */
export interface Door {
  /** The database's address through the proxy. */
  readonly uri: string;
  open(): void;
  /** Cuts every connection and accepts no new one. */
  shut(): void;
  /** From now on, holds requests that contain this text, until `release`. Resolves when one is held. */
  hold(text: string): Promise<void>;
  /**
   * From now on, lets requests that contain this text through, but holds the database's answer: it is done, and no one
   * knows. Resolves when one is done.
   */
  holdAnswer(text: string): Promise<void>;
  release(): void;
  /** From now on, every answer of the database takes this long, ms; 0 for no delay. */
  slow(ms: number): void;
  close(): Promise<void>;
}

/** A door that is shut at first. */
export async function door(databaseUri: string): Promise<Door> {
  const target = new URL(databaseUri);
  const sockets = new Set<net.Socket>();
  let open = false;
  let answersAfter = 0;
  let held: { text: string; what: 'request' | 'answer'; caught: () => void; later: (() => void)[] } | null = null;
  const holding = (what: 'request' | 'answer') => (text: string) =>
    new Promise<void>((caught) => {
      held = { text, what, caught, later: [] };
    });
  const server = net.createServer((client) => {
    sockets.add(client.on('error', () => client.destroy()));
    if (!open) return void client.destroy();
    const inner = net.connect(Number(target.port), target.hostname);
    sockets.add(inner.on('error', () => inner.destroy()));
    let isMute = false;
    client.on('data', (chunk) => {
      if (!held?.text || !chunk.includes(held.text)) return inner.write(chunk);
      if (held.what === 'answer') {
        isMute = true;
        return inner.write(chunk);
      }
      held.later.push(() => inner.write(chunk));
      held.caught();
    });
    inner.on('data', (chunk) => {
      if (isMute && held) {
        held.later.push(() => client.write(chunk));
        held.caught();
      } else if (answersAfter > 0) setTimeout(() => client.write(chunk), answersAfter);
      else client.write(chunk);
    });
    inner.on('end', () => client.end());
    client.on('close', () => inner.destroy());
    inner.on('close', () => client.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  const through = new URL(databaseUri);
  through.host = `127.0.0.1:${port}`;
  through.searchParams.set('directConnection', 'true');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    uri: through.href,
    open: () => {
      open = true;
    },
    shut: () => {
      open = false;
      cut();
    },
    hold: holding('request'),
    holdAnswer: holding('answer'),
    release: () => {
      const { later } = held ?? { later: [] };
      held = null;
      for (const pass of later) pass();
    },
    slow: (ms) => {
      answersAfter = ms;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
