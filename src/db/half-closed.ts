/// <reference path="./mongodb-internals.d.ts" />
import { Connection } from 'mongodb/lib/cmap/connection';

/**
 * mongodb 7.8 waits forever for a socket to drain if it writes to one that the other side has just closed: the socket
 * is destroyed, so neither "drain" nor "error" follows. What hangs is a command, or the driver's own monitor, which
 * then never finds the database again. With this patch, a connection that is cleaned up wakes a waiting writer; the
 * driver then checks the connection and fails the command.
 */
export function fixHalfClosedWrites(): void {
  const { prototype } = Connection;
  if (MENDED in prototype) return;
  Object.defineProperty(prototype, MENDED, { value: true });
  const { cleanup } = prototype;
  prototype.cleanup = function (error) {
    cleanup.call(this, error);
    this.socket.emit('drain');
  };
}
/** On the driver's own class: more than one copy of this module may patch it. */
const MENDED = Symbol.for('warmline.half-closed');
