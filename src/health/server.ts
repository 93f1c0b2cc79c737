import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';

/** The answer to `GET` at a path, in the shape of Bolt's custom routes. */
export interface Route {
  readonly path: string;
  readonly method: string[];
  readonly handler: (request: unknown, response: ServerResponse) => void;
}

/** Serves routes if nothing else listens. */
export interface RouteServer {
  /** Resolves with the server once it listens; rejects if the port cannot be used. */
  start(): Promise<Server>;
  stop(): Promise<void>;
}

export function routeServer(routes: readonly Route[], port: number): RouteServer {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    const route = routes.find((one) => one.path === path && one.method.includes(request.method ?? ''));
    if (route) route.handler(request, response);
    else response.writeHead(404).end();
  });
  return {
    async start() {
      await once(server.listen(port), 'listening');
      return server;
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
