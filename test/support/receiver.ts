import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as received. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** A server that accepts what is posted to it, on its own port. */
export interface Receiver {
  readonly url: string;
  /** All requests, including refused ones. */
  readonly received: readonly Received[];
  /** How it answers from now on: a status (101 switches protocols), or `cut` for no answer. */
  answer(rule: (one: Received) => number | 'cut'): void;
  stop(): Promise<void>;
}

const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n';

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let rule: (one: Received) => number | 'cut' = () => 200;
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const one = { headers: request.headers, body: Buffer.concat(pieces).toString('utf8'), path: request.url ?? '' };
    received.push(one);
    const answer = rule(one);
    if (answer === 'cut') request.socket.destroy();
    else if (answer === 101) request.socket.write(SWITCHING);
    else response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answer(next) {
      rule = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
