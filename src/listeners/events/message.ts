import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { mirrorReply } from '../../services/mirror-thread';
import { readReply } from '../../slack/read-message';
import type { ListenerDeps } from '../deps';

/** What people write under a card becomes notes of the case. */
export const messageChanged =
  (deps: ListenerDeps) =>
  async ({ event }: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs) => {
    const reply = readReply(event);
    if (reply) await mirrorReply(deps, reply);
  };
