import type { ClientChannel } from '../../../client-protocol';
import { Avatar } from '../parts/avatar';
import { Icon } from '../parts/icon';
import { useUsers, useWorkspace, useWorkspaceState } from '../store/context';

interface RowProps {
  label: string;
  mark: React.ReactNode;
  active: boolean;
  unread: number;
  onOpen: () => void;
  muted?: boolean;
}
function Row({ label, mark, active, unread: counted, onOpen, muted }: RowProps) {
  const unread = active ? 0 : counted;
  const style = ['side-row', active && 'side-active', unread > 0 && 'side-unread', muted && 'side-muted'];
  return (
    <li>
      <button
        type="button"
        className={style.filter(Boolean).join(' ')}
        aria-current={active ? 'page' : undefined}
        onClick={onOpen}
        data-channel={label}
      >
        <span className="side-mark" aria-hidden="true">
          {mark}
        </span>
        <span className="side-label">{label}</span>
        {unread > 0 && (
          <span className="side-badge">
            {unread > 99 ? '99+' : unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}

const byName = (a: ClientChannel, b: ClientChannel) => a.name.localeCompare(b.name);

/** Channels, direct messages and the app, with unread marks. */
export function Sidebar() {
  const store = useWorkspace();
  const boot = useWorkspaceState((state) => state.boot);
  const channels = useWorkspaceState((state) => state.channels);
  const place = useWorkspaceState((state) => state.place);
  const drawer = useWorkspaceState((state) => state.drawer);
  const users = useUsers();
  const bot = boot?.app.botUserId;
  const here = (id: string) => place.kind === 'channel' && place.id === id;
  const open = (id: string) => store.go({ kind: 'channel', id });
  const named = channels.filter((each) => each.type !== 'im').sort(byName);
  const mine = named.filter((each) => each.isMember && !each.archived);
  const others = named.filter((each) => !each.isMember && !each.archived && each.type === 'public');
  const dms = channels.filter((each) => each.type === 'im' && each.user && each.user !== bot);
  const appUnread = channels.find((each) => each.type === 'im' && each.user === bot)?.unread ?? 0;
  const colleagues = users.filter((each) => !each.isBot && !each.deleted && each.id !== boot?.me.id);

  return (
    <nav className={drawer ? 'sidebar sidebar-open' : 'sidebar'} aria-label="Workspace">
      <div className="side-team">{boot?.team.name ?? 'Workspace'}</div>
      <div className="side-scroll">
        <h2 className="side-heading">Channels</h2>
        <ul>
          {mine.map((each) => (
            <Row
              key={each.id}
              label={each.name}
              mark={each.type === 'private' ? <Icon name="lock" size={14} /> : '#'}
              active={here(each.id)}
              unread={each.unread}
              onOpen={() => open(each.id)}
            />
          ))}
        </ul>
        {others.length > 0 && (
          <>
            <h2 className="side-heading">Not joined</h2>
            <ul>
              {others.map((each) => (
                <Row
                  key={each.id}
                  label={each.name}
                  mark="#"
                  active={here(each.id)}
                  unread={0}
                  onOpen={() => open(each.id)}
                  muted
                />
              ))}
            </ul>
          </>
        )}
        <h2 className="side-heading">Apps</h2>
        <ul>
          <Row
            label={boot?.app.name ?? 'App'}
            mark="≋"
            active={place.kind === 'app'}
            unread={appUnread}
            onOpen={() => store.go({ kind: 'app', tab: appUnread > 0 ? 'messages' : 'home' })}
          />
        </ul>
        <h2 className="side-heading">Direct messages</h2>
        <ul>
          {colleagues.map((user) => {
            const dm = dms.find((each) => each.user === user.id);
            return (
              <Row
                key={user.id}
                label={user.realName || user.name}
                mark={<Avatar user={user} size={20} />}
                active={dm ? here(dm.id) : false}
                unread={dm?.unread ?? 0}
                onOpen={() => (dm ? open(dm.id) : store.openDm(user.id))}
              />
            );
          })}
        </ul>
      </div>
    </nav>
  );
}
