/** The one thing of the driver's insides that Warmline touches: see `half-closed.ts`. */
declare module 'mongodb/lib/cmap/connection' {
  import type { Socket } from 'node:net';
  export class Connection {
    readonly socket: Socket;
    cleanup(error: Error): void;
  }
}
