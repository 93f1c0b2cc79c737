import { useState } from 'react';
import type { ClientMessage, JsonObject } from '../../../client-protocol';
import { useMyId } from '../blocks/host';
import { ConfirmDialog } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { Menu, type MenuItem } from '../parts/menu';
import { useWorkspace, useWorkspaceState } from '../store/context';
import { emojiOf, REACTIONS } from '../text/emoji';

const DELETE: JsonObject = {
  title: { type: 'plain_text', text: 'Delete message' },
  text: { type: 'plain_text', text: 'Are you sure you want to delete this message? This cannot be undone.' },
  confirm: { type: 'plain_text', text: 'Delete' },
  deny: { type: 'plain_text', text: 'Cancel' },
  style: 'danger',
};

/** The actions of a message: react, reply, the app's message shortcuts, and edit or delete one's own. */
export function MessageToolbar(props: { message: ClientMessage; inThread: boolean; onEdit: () => void }) {
  const { message, inThread, onEdit } = props;
  const store = useWorkspace();
  const me = useMyId();
  const shortcuts = useWorkspaceState((state) => state.boot?.shortcuts);
  const [deleting, setDeleting] = useState(false);
  const [open, setOpen] = useState(false);
  const { channel, ts } = message;
  const react = (name: string) => store.attempt(() => store.api.react(channel, ts, name));
  if (message.ephemeral) return null;
  const own: MenuItem[] = [
    { key: 'edit', label: 'Edit message', run: onEdit },
    { key: 'delete', label: 'Delete message', danger: true, run: () => setDeleting(true) },
  ];
  const items: MenuItem[] = [
    ...(shortcuts ?? [])
      .filter((each) => each.type === 'message')
      .map((each) => ({
        key: each.callbackId,
        label: each.name,
        detail: each.description,
        run: () => {
          store.attempt(() => store.api.shortcut({ callbackId: each.callbackId, channel, ts }));
        },
      })),
    ...(message.user === me ? own : []),
  ];
  return (
    <div
      className={open ? 'message-tools message-tools-open' : 'message-tools'}
      role="toolbar"
      aria-label="Message actions"
    >
      <Menu
        label="Add reaction"
        className="tool"
        trigger={<Icon name="smile" />}
        onOpen={setOpen}
        items={REACTIONS.map((name) => ({
          key: name,
          label: `${emojiOf(name) ?? ''} ${name.replaceAll('_', ' ')}`,
          run: () => react(name),
        }))}
      />
      {!inThread && (
        <button
          type="button"
          className="tool"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => store.openThread(channel, message.threadTs ?? ts)}
        >
          <Icon name="reply" />
        </button>
      )}
      <Menu
        label="More message actions"
        className="tool"
        trigger={<Icon name="more" />}
        items={items}
        onOpen={setOpen}
      />
      {deleting && (
        <ConfirmDialog
          confirm={DELETE}
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            store.attempt(() => store.api.remove(channel, ts));
          }}
        />
      )}
    </div>
  );
}
