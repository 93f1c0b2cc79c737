import { Icon } from '../parts/icon';
import { useWorkspace, useWorkspaceState } from '../store/context';

/** Short notices at the bottom that disappear: what Slack would show for a failed command or an expired dialog. */
export function Toasts() {
  const store = useWorkspace();
  const toasts = useWorkspaceState((state) => state.toasts);
  return (
    <section className="toasts" aria-label="Notices" aria-live="polite">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={`toast toast-${toast.level}`}
          role={toast.level === 'error' ? 'alert' : 'status'}
        >
          <span>{toast.text}</span>
          <button type="button" className="tool" aria-label="Dismiss" onClick={() => store.dropToast(toast.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </section>
  );
}
