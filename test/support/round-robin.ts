import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer in front of several instances: each request goes to the next one. */
export interface RoundRobin {
  readonly url: string;
  /** How many requests each got. */
  readonly given: readonly number[];
  close(): Promise<void>;
}

/** Starts one in front of these ports. */
export async function roundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const given = ports.map(() => 0);
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const at = turn++ % ports.length;
    given[at] = (given[at] ?? 0) + 1;
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: ports[at], method, path, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    given,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
