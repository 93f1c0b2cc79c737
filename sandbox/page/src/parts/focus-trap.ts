import { type RefObject, useEffect } from 'react';

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';
const inside = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (each) => each.checkVisibility() && !each.closest('[inert]'),
  );

/**
 * Keeps Tab within `root` while it is on screen and `active`; moves the focus to the first match of the selectors in
 * `first`, and restores it at the end. `first` stays the same array.
 */
export function useFocusTrap(root: RefObject<HTMLElement | null>, first: readonly string[], active = true) {
  useEffect(() => {
    const node = root.current;
    if (!node || !active) return;
    const before = document.activeElement;
    if (!node.contains(before)) {
      const [named] = first.flatMap((selector) => node.querySelector<HTMLElement>(selector) ?? []);
      (named ?? inside(node)[0] ?? node).focus();
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Tab') return;
      const all = inside(node);
      const edge = event.shiftKey ? all[0] : all.at(-1);
      const other = event.shiftKey ? all.at(-1) : all[0];
      if (document.activeElement !== edge && node.contains(document.activeElement)) return;
      event.preventDefault();
      other?.focus();
    };
    node.addEventListener('keydown', onKeyDown);
    return () => {
      node.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement) window.setTimeout(() => before.isConnected && before.focus());
    };
  }, [root, first, active]);
}
