import { useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { JsonObject } from '../../../client-protocol';
import { object, text, words } from '../blocks/read';
import { Words } from '../text/mrkdwn';
import { useFocusTrap } from './focus-trap';

/** Cancel has the focus. */
const CANCEL = ['.button-default'];

interface ConfirmProps {
  /** Slack's confirmation object. */
  confirm: JsonObject;
  onConfirm: () => void;
  onCancel: () => void;
}

/** "Are you sure?" in the app's words. */
export function ConfirmDialog({ confirm, onConfirm, onCancel }: ConfirmProps) {
  const id = useId();
  const root = useRef<HTMLDialogElement>(null);
  useFocusTrap(root, CANCEL);
  const danger = text(confirm.style) === 'danger';
  return createPortal(
    <div className="overlay overlay-confirm">
      <dialog
        open
        ref={root}
        className="dialog dialog-confirm"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onCancel();
        }}
      >
        <h2 id={`${id}-title`}>{words(confirm.title) || 'Are you sure?'}</h2>
        <p id={`${id}-text`}>
          <Words of={object(confirm.text)} />
        </p>
        <footer className="dialog-foot">
          <button type="button" className="button button-default" onClick={onCancel}>
            {words(confirm.deny) || 'Cancel'}
          </button>
          <button type="button" className={`button button-${danger ? 'danger' : 'primary'}`} onClick={onConfirm}>
            {words(confirm.confirm) || 'Confirm'}
          </button>
        </footer>
      </dialog>
    </div>,
    document.body,
  );
}
