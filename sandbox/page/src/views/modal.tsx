import { useEffect, useId, useRef, useState } from 'react';
import type { ClientView } from '../../../client-protocol';
import { Refused } from '../api';
import { Blocks } from '../blocks/blocks';
import { mergeValues, ViewHost } from '../blocks/host';
import { words } from '../blocks/read';
import { allValues, clientFaults } from '../inputs/values';
import { useFocusTrap } from '../parts/focus-trap';
import { Icon } from '../parts/icon';
import { useWorkspace, useWorkspaceState } from '../store/context';
import { withEmoji } from '../text/emoji';

const FIELD = ':is(input, select, textarea)';
/** The field that the app names, else the first. */
const FIRST_FIELD = [`.dialog-body [data-focus] ${FIELD}`, `.dialog-body ${FIELD}`];

/** Submitting a view: local faults first, then the app's answer; a failure says so and keeps everything typed. */
function useSubmit(view: ClientView) {
  const store = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const submit = async () => {
    if (busy) return;
    const { values, modalErrors } = store.get();
    const entered = mergeValues(view.values, values[view.id] ?? {});
    const show = (errors: { [blockId: string]: string }) =>
      store.set({ modalErrors: { ...store.get().modalErrors, [view.id]: errors } });
    const faults = clientFaults(view, entered);
    if (Object.keys(faults).length > 0) return show(faults);
    setBusy(true);
    setTrouble('');
    if (modalErrors[view.id]) show({});
    try {
      await store.outboxOf(view.id).settle(true);
      const { errors } = await store.api.submit(view.id, allValues(view, entered));
      if (errors && Object.keys(errors).length > 0) show(errors);
      else store.note('submitted', view.callbackId);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      setTrouble(fault.message || 'We had some trouble connecting. Nothing you typed is lost; try again.');
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, submit };
}

function Modal({ view, isTop, depth }: { view: ClientView; isTop: boolean; depth: number }) {
  const store = useWorkspace();
  const id = useId();
  const root = useRef<HTMLDialogElement>(null);
  const { busy, trouble, submit } = useSubmit(view);
  const errors = useWorkspaceState((state) => state.modalErrors[view.id]);
  useFocusTrap(root, FIRST_FIELD, isTop);
  const close = async (all: boolean) => {
    if (await store.outboxOf(view.id).follow(() => store.api.close(view.id, all)))
      store.note('closed', view.callbackId);
  };

  // If the focused button disappears, the focus stays in the dialog.
  // biome-ignore lint/correctness/useExhaustiveDependencies: checked whenever the view was redrawn
  useEffect(() => {
    if (isTop && !busy && document.activeElement === document.body)
      root.current?.querySelector<HTMLElement>('.dialog-body')?.focus();
  }, [view.hash, isTop, busy]);

  useEffect(() => {
    if (!errors || Object.keys(errors).length === 0) return;
    const invalid = root.current?.querySelector<HTMLElement>('[aria-invalid=true], .field-invalid input');
    invalid?.focus();
    invalid?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [errors]);

  return (
    <div className="overlay" inert={!isTop} hidden={!isTop}>
      <dialog
        open
        ref={root}
        className="dialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          close(false);
        }}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (view.submit) submit();
          }}
        >
          <header className="dialog-head">
            {depth > 0 && (
              <button type="button" className="tool" aria-label="Back" title="Back" onClick={() => close(false)}>
                <Icon name="back" />
              </button>
            )}
            <h2 id={`${id}-title`}>{withEmoji(words(view.title)) || 'Untitled'}</h2>
            <button type="button" className="tool" aria-label="Close dialog" title="Close" onClick={() => close(true)}>
              <Icon name="close" />
            </button>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className="dialog-body" tabIndex={0} aria-label="Form">
            {trouble && (
              <p className="banner-error" role="alert">
                {trouble}
              </p>
            )}
            <ViewHost view={view}>
              <Blocks blocks={view.blocks} />
            </ViewHost>
          </section>
          <footer className="dialog-foot">
            <button type="button" className="button button-default" disabled={busy} onClick={() => close(false)}>
              {withEmoji(words(view.close)) || (view.submit ? 'Cancel' : 'Close')}
            </button>
            {view.submit && (
              <button type="submit" className="button button-primary" disabled={busy} aria-busy={busy}>
                {busy && <span className="spinner" aria-hidden="true" />}
                {withEmoji(words(view.submit)) || 'Submit'}
              </button>
            )}
          </footer>
        </form>
      </dialog>
    </div>
  );
}

/** The open modals: the newest is shown, the ones under it keep what was typed. */
export function ModalStack() {
  const modals = useWorkspaceState((state) => state.modals);
  return modals.map((view, index) => (
    <Modal key={view.id} view={view} depth={index} isTop={index === modals.length - 1} />
  ));
}
