import type { JsonObject } from '../../sandbox/client-protocol';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from './case-work';
import type { WorldOptions } from './world';

/** What Slack sends about a person's replies under cards. */
function threadEvents(writer: Actor) {
  let tick = 0;
  return {
    /** A reply under a card. */
    reply({ channel, ts: thread }: MessageReading, message: JsonObject): JsonObject {
      const ts = `1793638900.${String(++tick).padStart(6, '0')}`;
      const place = { channel, channel_type: 'channel', event_ts: ts };
      return { ...place, type: 'message', user: writer.id, ts, thread_ts: thread, text: '', ...message };
    },
    /** A reply was edited, `after` seconds later. */
    edited(original: JsonObject, text: string, after: number): JsonObject {
      const eventTs = `${1_793_638_900 + after}.000200`;
      const { channel, channel_type, event_ts: _ts, ...message } = original;
      return {
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        ...{ channel: channel ?? null, channel_type: channel_type ?? null, ts: eventTs, event_ts: eventTs },
        message: { ...message, text, edited: { user: writer.id, ts: `${1_793_638_900 + after}.000000` } },
        previous_message: message,
      };
    },
    /** A reply was deleted. */
    deleted(original: JsonObject): JsonObject {
      const { channel, channel_type, ts, ...message } = original;
      return {
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        ...{ channel: channel ?? null, channel_type: channel_type ?? null, event_ts: '1793638999.000300' },
        deleted_ts: ts ?? null,
        previous_message: { ...message, ts: ts ?? null },
      };
    },
  };
}

/** A world with cards that people reply to. */
export async function startThreadWork(options: WorldOptions = {}) {
  const work: CaseWork = await startCaseWork({ userGroups: [{ handle: 'ams', users: ['dana'] }], ...options });
  const [amira, dana] = [work.as('amira'), work.as('dana')];
  const notesOf = async (ref: string) => (await work.records.of(ref)).notes;
  return {
    ...work,
    amira,
    dana,
    /** What Slack sends about Dana's replies. */
    ...threadEvents(dana),
    notesOf,
    textsOf: async (ref: string) => (await notesOf(ref)).map(({ text }) => text),
    /** Slack sends this event. */
    tell: (event: JsonObject, eventId?: string) =>
      work.world.workspace.tell(event, eventId ? { event_id: eventId } : {}),
    /** A card in #am-west, once it counts this many notes. */
    withNotes: (card: MessageReading, count: number) =>
      dana.waitForMessage('am-west', ({ ts, content }) => ts === card.ts && content.includes(`${count} note`)),
    /** Everything that the app received is handled: an instance that stops finishes its current work. */
    async dealtWith(): Promise<void> {
      await work.world.halt(work.world.app);
      await work.world.another();
      await work.world.settled();
    },
  };
}
export type ThreadWork = Awaited<ReturnType<typeof startThreadWork>>;
