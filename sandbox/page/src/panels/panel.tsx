import { Icon } from '../parts/icon';
import { useWorkspace } from '../store/context';

/** The frame of a tool panel on the right. */
export function PanelFrame({ title, children }: { title: string; children: React.ReactNode }) {
  const store = useWorkspace();
  return (
    <aside
      className="panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') store.setPanel(null);
      }}
    >
      <header className="main-head">
        <h2>{title}</h2>
        <span className="top-space" />
        <button
          type="button"
          className="tool"
          aria-label={`Close ${title.toLowerCase()}`}
          title="Close"
          onClick={() => store.setPanel(null)}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}
