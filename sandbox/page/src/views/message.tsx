import { memo, useState } from 'react';
import type { ClientMessage } from '../../../client-protocol';
import { Attachments, Blocks } from '../blocks/blocks';
import { MessageHost, useMyId } from '../blocks/host';
import { Avatar } from '../parts/avatar';
import { Icon } from '../parts/icon';
import { useUser, useUsers, useWorkspace, useWorkspaceState, useZone } from '../store/context';
import { decodeText, encodeText } from '../text/compose';
import { fullMoment, timeOfDay, tsMillis } from '../text/dates';
import { emojiOf } from '../text/emoji';
import { Mrkdwn } from '../text/mrkdwn';
import { MessageToolbar } from './message-toolbar';

function Reactions({ message }: { message: ClientMessage }) {
  const store = useWorkspace();
  const users = useUsers();
  const me = useMyId();
  const shown = (message.reactions ?? []).filter((each) => each.users.length > 0);
  if (shown.length === 0) return null;
  return (
    <div className="reactions">
      {shown.map((reaction) => {
        const names = reaction.users.map((id) => users.find((user) => user.id === id)?.realName ?? id).join(', ');
        const mine = reaction.users.includes(me);
        return (
          <button
            type="button"
            key={reaction.name}
            className={mine ? 'reaction reaction-mine' : 'reaction'}
            aria-pressed={mine}
            title={names}
            onClick={() => store.attempt(() => store.api.react(message.channel, message.ts, reaction.name))}
          >
            <span aria-hidden="true">{emojiOf(reaction.name) ?? `:${reaction.name}:`}</span> {reaction.users.length}
            <span className="visually-hidden">
              {' '}
              {reaction.name}: {names}
            </span>
          </button>
        );
      })}
    </div>
  );
}

function Files({ message }: { message: ClientMessage }) {
  return (message.files ?? []).map((file) => (
    <a key={file.id} className="file" href={file.url} target="_blank" rel="noreferrer noopener">
      {file.mimetype.startsWith('image/') ? (
        <img src={file.url} alt={file.title || file.name} />
      ) : (
        <span className="file-name">
          <Icon name="file" size={16} /> {file.title || file.name}{' '}
          <small>{Math.max(1, Math.round(file.size / 1024))} kB</small>
        </span>
      )}
    </a>
  ));
}

function EditBox({ message, onDone }: { message: ClientMessage; onDone: () => void }) {
  const store = useWorkspace();
  const users = useUsers();
  const [typed, setTyped] = useState(() => decodeText(message.text, users));
  const save = async () => {
    const text = encodeText(typed, users, store.get().channels);
    if (text && (await store.attempt(() => store.api.edit(message.channel, message.ts, text)))) onDone();
  };
  return (
    <div className="edit-box">
      <textarea
        className="input"
        aria-label="Edit message"
        rows={Math.min(8, typed.split('\n').length + 1)}
        value={typed}
        // biome-ignore lint/a11y/noAutofocus: the person just asked to edit
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          save();
        }}
      />
      <button type="button" className="button button-default" onClick={onDone}>
        Cancel
      </button>
      <button type="button" className="button button-primary" onClick={save}>
        Save
      </button>
    </div>
  );
}

function Body({ message }: { message: ClientMessage }) {
  const blocks = message.blocks ?? [];
  const attachments = message.attachments ?? [];
  return (
    <MessageHost channel={message.channel} ts={message.ts}>
      {blocks.length > 0 ? <Blocks blocks={blocks} /> : <Mrkdwn>{message.text}</Mrkdwn>}
      {message.editedTs && <span className="edited"> (edited)</span>}
      {attachments.length > 0 && <Attachments attachments={attachments} />}
      <Files message={message} />
    </MessageHost>
  );
}

function ThreadSummary({ message }: { message: ClientMessage }) {
  const store = useWorkspace();
  const users = useUsers();
  const zone = useZone();
  if (!message.replyCount) return null;
  return (
    <button type="button" className="thread-summary" onClick={() => store.openThread(message.channel, message.ts)}>
      {(message.replyUsers ?? []).slice(0, 3).map((id) => (
        <Avatar key={id} user={users.find((each) => each.id === id) ?? null} size={20} />
      ))}
      <span className="thread-count">
        {message.replyCount} {message.replyCount === 1 ? 'reply' : 'replies'}
      </span>
      {message.latestReply && (
        <span className="thread-last">Last reply {timeOfDay(tsMillis(message.latestReply), zone)}</span>
      )}
    </button>
  );
}

interface MessageProps {
  message: ClientMessage;
  /** Follows one of the same author closely: no avatar and name again. */
  compact?: boolean;
  inThread?: boolean;
}

/** One message: author, time, content, reactions, its thread, and a toolbar on hover or focus. */
export const MessageView = memo(function MessageView({ message, compact = false, inThread = false }: MessageProps) {
  const author = useUser(message.user);
  const zone = useZone();
  const [editing, setEditing] = useState(false);
  const isFound = useWorkspaceState(
    ({ found }) => found?.ts === message.ts && found.channel === message.channel && !inThread,
  );
  const name = author?.realName || author?.name || message.user;
  const ms = tsMillis(message.ts);
  const time = timeOfDay(ms, zone);
  if (message.deleted) return <p className="message-gone">This message was deleted.</p>;
  const style = [
    'message',
    compact && 'message-compact',
    message.ephemeral && 'message-ephemeral',
    isFound && 'message-found',
  ];
  return (
    <article className={style.filter(Boolean).join(' ')} aria-label={`${name}, ${time}`} data-ts={message.ts}>
      <div className="message-gutter">
        {compact ? (
          <time className="message-time" dateTime={new Date(ms).toISOString()} title={fullMoment(ms, zone)}>
            {time.replace(/ [AP]M$/, '')}
          </time>
        ) : (
          <Avatar user={author} />
        )}
      </div>
      <div className="message-main">
        {message.ephemeral && (
          <p className="message-only-you">
            <Icon name="eye" size={14} /> Only visible to you
          </p>
        )}
        {!compact && (
          <div className="message-head">
            <span className="message-author">{name}</span>
            {author?.isBot && <span className="app-badge">APP</span>}
            <time className="message-time" dateTime={new Date(ms).toISOString()} title={fullMoment(ms, zone)}>
              {time}
            </time>
          </div>
        )}
        {editing ? <EditBox message={message} onDone={() => setEditing(false)} /> : <Body message={message} />}
        <Reactions message={message} />
        {!inThread && <ThreadSummary message={message} />}
      </div>
      {!editing && <MessageToolbar message={message} inThread={inThread} onEdit={() => setEditing(true)} />}
    </article>
  );
});
