import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Components, Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { ClientMessage } from '../../../client-protocol';
import { useWorkspace, useWorkspaceState, useZone } from '../store/context';
import { nowOf } from '../store/state';
import { dayKey, dayLabel, tsMillis } from '../text/dates';
import { MessageView } from './message';

interface Row {
  message: ClientMessage;
  /** Set on the first message of a day. */
  day: string | null;
  compact: boolean;
}
const CLOSE_MS = 5 * 60_000;

function rowsOf(messages: readonly ClientMessage[], zone: string): Row[] {
  return messages.map((message, index) => {
    const ms = tsMillis(message.ts);
    const before = messages[index - 1];
    const day = dayKey(ms, zone);
    const newDay = !before || dayKey(tsMillis(before.ts), zone) !== day;
    const compact =
      !newDay &&
      before?.user === message.user &&
      ms - tsMillis(before.ts) < CLOSE_MS &&
      !message.ephemeral &&
      !before.ephemeral &&
      !before.deleted;
    return { message, day: newDay ? day : null, compact };
  });
}

const PARTS: Components<Row> = {
  List: ({ ref, style, children }) => (
    // biome-ignore lint/a11y/useSemanticElements: the list library measures these boxes, which must be plain divs
    <div ref={ref} style={style} role="list">
      {children}
    </div>
  ),
  Item: ({ style, children, 'data-index': index, 'data-item-index': item, 'data-known-size': size }) => (
    // biome-ignore lint/a11y/useSemanticElements: see List
    <div role="listitem" style={style} data-index={index} data-item-index={item} data-known-size={size}>
      {children}
    </div>
  ),
};
/** Room above the first loaded message, so that older pages can be added without a jump. */
const START = 1_000_000;

const HAND_MS = 1500;
const HAND_EVENTS = ['wheel', 'touchmove', 'keydown', 'pointerdown'];
/** Whether the person, not the page, has just been scrolling. */
function useScrolledByHand(root: RefObject<HTMLElement | null>): { recently: () => boolean; touch: () => void } {
  const last = useRef(0);
  useEffect(() => {
    const node = root.current;
    const touched = () => {
      last.current = Date.now();
    };
    for (const event of HAND_EVENTS) node?.addEventListener(event, touched, { passive: true });
    return () => {
      for (const event of HAND_EVENTS) node?.removeEventListener(event, touched);
    };
  }, [root]);
  const touch = useCallback(() => {
    last.current = Date.now();
  }, []);
  return { recently: () => Date.now() - last.current < HAND_MS, touch };
}

interface MessageListProps {
  channel: string;
  messages: ClientMessage[];
  hasMore: boolean;
  label: string;
}

/** A channel's messages, windowed; stays at the bottom while one is at the bottom, and loads older pages on the way up. */
export function MessageList({ channel, messages, hasMore, label }: MessageListProps) {
  const store = useWorkspace();
  const zone = useZone();
  const list = useRef<VirtuosoHandle>(null);
  const section = useRef<HTMLElement>(null);
  const [atBottom, setAtBottom] = useState(true);
  const { recently, touch } = useScrolledByHand(section);
  const today = useWorkspaceState((state) => dayKey(nowOf(state), zone));
  const rows = useMemo(() => rowsOf(messages, zone), [messages, zone]);

  // Counting from the newest message first seen keeps indexes stable while older ones arrive above.
  const anchor = useRef<{ ts: string; index: number } | null>(null);
  const last = messages.at(-1);
  if (!anchor.current && last) anchor.current = { ts: last.ts, index: START };
  const at = anchor.current ? messages.findLastIndex((each) => each.ts <= (anchor.current?.ts ?? '')) : 0;
  const firstItemIndex = START - Math.max(0, at);

  const newest = last?.ts;
  const isMine = useWorkspaceState((state) => state.boot?.me.id === last?.user);
  useEffect(() => {
    if (newest && isMine) list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  }, [newest, isMine]);

  const found = useWorkspaceState((state) => (state.found?.channel === channel ? state.found : null));
  const foundAt = found ? rows.findIndex(({ message }) => message.ts === found.ts) : -1;
  const visited = useRef<typeof found>(null);
  useEffect(() => {
    if (!found || foundAt < 0 || visited.current === found) return;
    visited.current = found;
    touch();
    list.current?.scrollToIndex({ index: foundAt, align: 'center' });
  }, [found, foundAt, touch]);

  return (
    <section className="message-list" aria-label={label} ref={section}>
      <Virtuoso
        ref={list}
        data={rows}
        components={PARTS}
        firstItemIndex={firstItemIndex}
        initialTopMostItemIndex={{ index: 'LAST', align: 'end' }}
        computeItemKey={(_, row) => `${row.message.ts}${row.message.ephemeral ? 'e' : ''}`}
        alignToBottom
        followOutput="auto"
        atBottomThreshold={80}
        atBottomStateChange={(bottom) => {
          // Content that grew (a late picture or block) must not push the newest message out of sight.
          if (bottom || recently()) setAtBottom(bottom);
          else list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
        }}
        increaseViewportBy={400}
        startReached={() => {
          if (hasMore) store.loadOlder(channel);
        }}
        itemContent={(_, row) => (
          <>
            {row.day && (
              <div className="day-divider">
                <span>{dayLabel(tsMillis(row.message.ts), Date.parse(`${today}T12:00:00Z`), zone)}</span>
              </div>
            )}
            <MessageView message={row.message} compact={row.compact} />
          </>
        )}
      />
      {!atBottom && (
        <button
          type="button"
          className="to-bottom"
          onClick={() => list.current?.scrollToIndex({ index: 'LAST', align: 'end', behavior: 'smooth' })}
        >
          ↓ Newest messages
        </button>
      )}
    </section>
  );
}
