import type { MessageReading, Workspace } from '../../sandbox/workspace';

/** A message of the app as it is in Slack in the end. */
export interface Seen {
  /** The channel's name, or the person of the DM. */
  readonly place: string;
  readonly channel: string;
  readonly ts: string;
  /** The parent of its thread; null at the top. */
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: MessageReading['blocks'];
  readonly deleted: boolean;
  /** The deliveries that it carries. */
  readonly ids: readonly string[];
}

/** Everything the app posted anywhere, by place and in order. */
export function everythingSaid(workspace: Workspace): Seen[] {
  const { users, channels } = workspace.ids;
  const places = [
    ...Object.keys(channels).map((name) => ({ place: `#${name}`, list: workspace.messages(name) })),
    ...Object.keys(users).flatMap((name) => {
      const read = dmOf(workspace, name);
      return read ? [{ place: `@${name}`, list: read }] : [];
    }),
  ];
  return places.flatMap(({ place, list }) =>
    list
      .flatMap((message) => (message.replyCount > 0 ? workspace.thread(message.channel, message.ts) : [message]))
      .filter(({ user }) => user === workspace.botUserId)
      .map(({ channel, ts, threadTs, text, blocks, deleted, metadata }) => ({
        place,
        channel,
        ts,
        threadTs: threadTs === ts ? null : threadTs,
        text,
        blocks,
        deleted,
        ids: idsOf(metadata),
      })),
  );
}

/** Someone's DM with the app; null for a bot. */
function dmOf(workspace: Workspace, name: string): MessageReading[] | null {
  if (workspace.ids.users[name] === workspace.botUserId || name === 'slackbot') return null;
  const dm = workspace.as(name).dmId();
  return workspace.messages(dm);
}

function idsOf(metadata: MessageReading['metadata']): string[] {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { delivery_id?: unknown } };
  return String(payload?.delivery_id ?? '')
    .split(' ')
    .filter(Boolean);
}
