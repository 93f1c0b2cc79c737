import { useEffect } from 'react';
import { FaultPanel } from './panels/faults';
import { MailPanel } from './panels/mail';
import { Toasts } from './panels/toasts';
import { Tour } from './panels/tour';
import { TrafficPanel } from './panels/traffic';
import { useWorkspace, useWorkspaceState } from './store/context';
import { AppView } from './views/app-view';
import { ChannelView } from './views/channel-view';
import { ModalStack } from './views/modal';
import { Sidebar } from './views/sidebar';
import { ThreadPane } from './views/thread-pane';
import { TopBar } from './views/top-bar';

function Shell() {
  const store = useWorkspace();
  const { place, panel, drawer, modals, thread } = useWorkspaceState((state) => state);
  // Each person has their own list.
  const me = useWorkspaceState((state) => state.boot?.me.id ?? '');
  useEffect(() => {
    if (!drawer) return;
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') store.set({ drawer: false });
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [drawer, store]);
  return (
    <div className={thread ? 'shell shell-thread' : 'shell'} inert={modals.length > 0}>
      <TopBar />
      <div className="panes">
        <Sidebar />
        {drawer && (
          <button
            type="button"
            className="drawer-shade"
            aria-label="Close channels"
            onClick={() => store.set({ drawer: false })}
          />
        )}
        {place.kind === 'channel' ? (
          <ChannelView key={`${me} ${place.id}`} channelId={place.id} />
        ) : (
          <AppView tab={place.tab} />
        )}
        <ThreadPane />
        {panel === 'traffic' && <TrafficPanel />}
        {panel === 'faults' && <FaultPanel />}
        {panel === 'mail' && <MailPanel />}
      </div>
    </div>
  );
}

/** The workspace. */
export function App() {
  const store = useWorkspace();
  const status = useWorkspaceState((state) => state.status);
  const failure = useWorkspaceState((state) => state.failure);
  const theme = useWorkspaceState((state) => state.theme);
  const hasBoot = useWorkspaceState((state) => state.boot !== null);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    const seen = () => {
      const channel = store.channelOf(store.get().place);
      if (channel) store.markRead(channel);
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [store]);
  if (status === 'failed' || !hasBoot) {
    return (
      <main className="start">
        <h1>Warmline workspace</h1>
        <p role="status">{status === 'failed' ? failure : 'Opening the workspace…'}</p>
        {status === 'failed' && (
          <button type="button" className="button button-primary" onClick={() => store.start()}>
            Try again
          </button>
        )}
      </main>
    );
  }
  return (
    <>
      <Shell />
      <ModalStack />
      <Toasts />
      <Tour />
    </>
  );
}
