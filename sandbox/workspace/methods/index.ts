import { z } from 'zod';
import { SlackError } from '../errors';
import type { SocketMode } from '../socket-mode';
import { chatMethods } from './chat';
import { conversationMethods } from './conversations';
import { fileMethods } from './files';
import { type Method, method } from './method';
import { peopleMethods } from './people';
import { viewMethods } from './views';

/** Every Web API method of the sandbox, by name. Others answer `unknown_method`. */
export function registry(sockets: SocketMode): ReadonlyMap<string, Method> {
  const connect = method({
    name: 'apps.connections.open',
    tier: 't3',
    scopes: ['connections:write'],
    token: 'app',
    args: z.object({}),
    run({ core }) {
      if (core.manifest.settings?.socket_mode_enabled !== true)
        throw new SlackError('not_enabled', ['[ERROR] Socket Mode is not enabled in the manifest of this app']);
      return { url: sockets.ticketUrl() };
    },
  });
  const all = [connect, ...chatMethods, ...conversationMethods, ...viewMethods, ...peopleMethods, ...fileMethods];
  return new Map(all.map((entry) => [entry.name, entry]));
}
