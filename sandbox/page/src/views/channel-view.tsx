import { Icon } from '../parts/icon';
import { useWorkspace, useWorkspaceState } from '../store/context';
import { Composer } from './composer';
import { MessageList } from './message-list';

/** A channel's messages with the composer under them; also the app's Messages tab. */
export function Conversation({ channelId, label }: { channelId: string; label: string }) {
  const store = useWorkspace();
  const channel = useWorkspaceState((state) => state.channels.find((each) => each.id === channelId) ?? null);
  const feed = useWorkspaceState((state) => state.feeds[channelId] ?? null);
  const status = useWorkspaceState((state) => state.status);
  return (
    <>
      {feed && feed.messages.length > 0 ? (
        <MessageList key={channelId} channel={channelId} label={`Messages in ${label}`} {...feed} />
      ) : (
        <div className="empty">
          {feed || status !== 'live' ? `This is the very beginning of ${label}.` : 'Loading messages…'}
        </div>
      )}
      {channel?.isMember === false ? (
        <div className="join">
          <p>
            You are looking at <strong>{label}</strong>
          </p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => store.attempt(() => store.api.join(channelId))}
          >
            Join channel
          </button>
        </div>
      ) : channel?.archived ? (
        <p className="join">This channel is archived.</p>
      ) : (
        <Composer key={channelId} channel={channelId} placeholder={`Message ${label}`} />
      )}
    </>
  );
}

/** A channel or direct message in the main pane. */
export function ChannelView({ channelId }: { channelId: string }) {
  const channel = useWorkspaceState((state) => state.channels.find((each) => each.id === channelId) ?? null);
  const person = useWorkspaceState((state) => state.boot?.users.find((each) => each.id === channel?.user) ?? null);
  if (!channel) {
    return (
      <main className="main">
        <div className="empty">This conversation is not there, or you cannot see it. Choose one in the side bar.</div>
      </main>
    );
  }
  const mark = channel.type === 'private' ? <Icon name="lock" size={16} /> : channel.type === 'public' ? '# ' : '';
  const name = channel.type === 'im' ? person?.realName || person?.name || 'Direct message' : channel.name;
  const label = channel.type === 'im' ? name : `#${name}`;
  return (
    <main className="main">
      <header className="main-head">
        <h1>
          <span aria-hidden="true">{mark}</span>
          {name}
        </h1>
        <p className="main-topic">{channel.type === 'im' ? person?.role : channel.topic}</p>
        {channel.type !== 'im' && <span className="main-members">{channel.memberCount} members</span>}
      </header>
      <Conversation channelId={channelId} label={label} />
    </main>
  );
}
