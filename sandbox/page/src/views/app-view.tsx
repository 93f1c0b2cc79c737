import { Blocks } from '../blocks/blocks';
import { ViewHost } from '../blocks/host';
import { Avatar } from '../parts/avatar';
import { useUser, useWorkspace, useWorkspaceState } from '../store/context';
import type { AppTab } from '../store/state';
import { Mrkdwn } from '../text/mrkdwn';
import { Conversation } from './channel-view';

function HomeTab() {
  const home = useWorkspaceState((state) => state.home);
  const name = useWorkspaceState((state) => state.boot?.app.name ?? 'The app');
  if (!home) return <div className="empty">{name} is getting this page ready.</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="app-scroll" tabIndex={0} aria-label="Home">
      <div className="app-home">
        <ViewHost view={home}>
          <Blocks blocks={home.blocks} />
        </ViewHost>
      </div>
    </section>
  );
}

function AboutTab() {
  const boot = useWorkspaceState((state) => state.boot);
  if (!boot) return null;
  const { app, commands, shortcuts } = boot;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="app-scroll" tabIndex={0} aria-label="About">
      <div className="app-home">
        <h2>{app.name}</h2>
        <p>{app.description}</p>
        <Mrkdwn>{app.longDescription}</Mrkdwn>
        <h3>Slash commands</h3>
        <dl className="about-list">
          {commands.map((each) => (
            <div key={each.command}>
              <dt>
                <code>
                  {each.command} {each.usageHint}
                </code>
              </dt>
              <dd>{each.description}</dd>
            </div>
          ))}
        </dl>
        <h3>Shortcuts</h3>
        <dl className="about-list">
          {shortcuts.map((each) => (
            <div key={each.callbackId}>
              <dt>
                {each.name} <small>({each.type === 'global' ? 'anywhere' : 'on a message'})</small>
              </dt>
              <dd>{each.description}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

/** The app: Home, Messages and About. */
export function AppView({ tab }: { tab: AppTab }) {
  const store = useWorkspace();
  const app = useWorkspaceState((state) => state.boot?.app ?? null);
  const bot = useUser(app?.botUserId ?? '');
  const dm = useWorkspaceState(
    (state) => state.channels.find((each) => each.type === 'im' && each.user === state.boot?.app.botUserId)?.id,
  );
  if (!app) return null;
  const tabs: [AppTab, string][] = [
    ...(app.homeEnabled ? ([['home', 'Home']] as [AppTab, string][]) : []),
    ...(app.messagesEnabled ? ([['messages', 'Messages']] as [AppTab, string][]) : []),
    ['about', 'About'],
  ];
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const step = event.key === 'ArrowRight' ? 1 : -1;
    const next = tabs.at((tabs.findIndex(([id]) => id === tab) + step) % tabs.length)?.[0];
    if (!next) return;
    store.go({ kind: 'app', tab: next });
    document.getElementById(`app-tab-${next}`)?.focus();
  };
  return (
    <main className="main">
      <header className="main-head main-head-app">
        <Avatar user={bot} size={24} />
        <h1>{app.name}</h1>
        <span className="app-badge">APP</span>
      </header>
      <div className="tabs" role="tablist" aria-label={app.name} onKeyDown={onKeyDown}>
        {tabs.map(([id, name]) => (
          <button
            type="button"
            key={id}
            id={`app-tab-${id}`}
            role="tab"
            aria-selected={tab === id}
            aria-controls="app-panel"
            tabIndex={tab === id ? 0 : -1}
            className={tab === id ? 'tab tab-on' : 'tab'}
            onClick={() => store.go({ kind: 'app', tab: id })}
          >
            {name}
          </button>
        ))}
      </div>
      <div className="tab-panel" id="app-panel" role="tabpanel" aria-labelledby={`app-tab-${tab}`}>
        {tab === 'home' && <HomeTab />}
        {tab === 'about' && <AboutTab />}
        {tab === 'messages' &&
          (dm ? <Conversation channelId={dm} label={app.name} /> : <div className="empty">Loading…</div>)}
      </div>
    </main>
  );
}
