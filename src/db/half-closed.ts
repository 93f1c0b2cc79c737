/// <reference path="./mongodb-internals.d.ts" />
import { Connection } from 'mongodb/lib/cmap/connection';

/**
 * mongodb 7.8 waits without an end for a socket to drain when it writes to one that the other side has just closed: the
 * socket is destroyed, so neither "drain" nor "error" comes anymore. What hangs is a command, or the driver's own look
 * at the server, after which it never finds the database again. A connection that is cleaned up tells the one that waits to
 * write that there is nothing to wait for; the driver then looks at the connection and fails the command.
 */
export function mendHalfClosedWrites(): void {
  const { prototype } = Connection;
  if (MENDED in prototype) return;
  Object.defineProperty(prototype, MENDED, { value: true });
  const { cleanup } = prototype;
  prototype.cleanup = function (error) {
    cleanup.call(this, error);
    this.socket.emit('drain');
  };
}
/** On the driver's own class: more than one copy of this module may meet it. */
const MENDED = Symbol.for('warmline.half-closed');
