/** The one internal of the driver that Warmline uses: see `half-closed.ts`. */
declare module 'mongodb/lib/cmap/connection' {
  import type { Socket } from 'node:net';
  export class Connection {
    readonly socket: Socket;
    cleanup(error: Error): void;
  }
}
