import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { maskedNotice } from '../../domain/personal-data';
import { mirrorReply } from '../../services/mirror-thread';
import { readReply } from '../../slack/read-message';
import type { ListenerDeps } from '../deps';
import { tellPrivately } from '../tell';

/** What people write under a card becomes notes of the case. */
export const messageChanged =
  (deps: ListenerDeps) =>
  async ({ event, client }: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs) => {
    const reply = readReply(event);
    const mirrored = reply && (await mirrorReply(deps, reply));
    if (!reply || !mirrored?.masked.length) return;
    const text = `${mirrored.ref}: ${maskedNotice(mirrored.masked)} Your message in the thread still shows it: edit or delete it there.`;
    await tellPrivately({ client, user: reply.author, channel: reply.channel }, text);
  };
