import { useEffect, useRef } from 'react';
import { Icon } from '../parts/icon';
import { useWorkspace, useWorkspaceState } from '../store/context';
import { threadKey } from '../store/state';
import { Composer } from './composer';
import { MessageView } from './message';

/** A thread next to the channel: the parent, its replies, and a composer for replies. */
export function ThreadPane() {
  const store = useWorkspace();
  const thread = useWorkspaceState((state) => state.thread);
  const messages = useWorkspaceState((state) =>
    state.thread ? state.threads[threadKey(state.thread.channel, state.thread.ts)] : undefined,
  );
  const name = useWorkspaceState(
    (state) => state.channels.find((each) => each.id === state.thread?.channel)?.name ?? '',
  );
  const scroller = useRef<HTMLDivElement>(null);
  const count = messages?.length ?? 0;
  useEffect(() => {
    if (count) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [count]);
  if (!thread) return null;
  const replies = Math.max(0, count - 1);
  return (
    <aside
      className="thread"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) store.closeThread();
      }}
    >
      <header className="main-head">
        <h2>Thread</h2>
        <p className="main-topic">{name ? `#${name}` : ''}</p>
        <button
          type="button"
          className="tool"
          aria-label="Close thread"
          title="Close thread"
          onClick={() => store.closeThread()}
        >
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="thread-scroll" ref={scroller} tabIndex={0} aria-label="Thread messages">
        {messages ? (
          <ul className="thread-list">
            {messages.map((message, index) => (
              <li key={`${message.ts}${message.ephemeral ? 'e' : ''}`}>
                <MessageView message={message} inThread />
                {index === 0 && (
                  <div className="thread-divider">
                    {replies === 0 ? 'No replies yet' : `${replies} ${replies === 1 ? 'reply' : 'replies'}`}
                  </div>
                )}
              </li>
            ))}
          </ul>
        ) : (
          <div className="empty">Loading the thread…</div>
        )}
      </section>
      <Composer key={thread.ts} channel={thread.channel} threadTs={thread.ts} placeholder="Reply…" focus />
    </aside>
  );
}
