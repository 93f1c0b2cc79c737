import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';

export interface MenuItem {
  key: string;
  label: string;
  detail?: string;
  run: () => void;
  danger?: boolean;
}
interface MenuProps {
  /** The trigger's accessible name. */
  label: string;
  trigger: React.ReactNode;
  items: MenuItem[];
  className: string;
  onOpen?: (open: boolean) => void;
}

/** A button with a menu: arrows move, Enter picks, Esc closes and returns the focus. */
export function Menu({ label, trigger, items, className, onOpen }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<React.CSSProperties>({});
  const menuId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  const show = (next: boolean) => {
    setOpen(next);
    onOpen?.(next);
  };
  useLayoutEffect(() => {
    const [beside, own] = [button.current, menu.current].map((node) => node?.getBoundingClientRect());
    if (open && beside && own) setPlace(placeBeside(beside, own));
  }, [open]);
  useWhileOpen(open, { button, menu }, () => show(false));

  const onKeyDown = (event: KeyboardEvent) => {
    const entries = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const moves: { [key: string]: number } = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries.at(to % Math.max(1, entries.length))?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      show(false);
      button.current?.focus();
    }
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={() => show(!open)}
      >
        {trigger}
      </button>
      {open && (
        <div
          className="menu"
          role="menu"
          id={menuId}
          tabIndex={-1}
          aria-label={label}
          ref={menu}
          style={place}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={item.key}
              className={item.danger ? 'menu-item menu-danger' : 'menu-item'}
              onClick={() => {
                show(false);
                button.current?.focus();
                item.run();
              }}
            >
              {item.label}
              {item.detail && <span className="option-more">{item.detail}</span>}
            </button>
          ))}
          {items.length === 0 && <p className="menu-none">Nothing to choose from</p>}
        </div>
      )}
    </>
  );
}

interface Parts {
  button: RefObject<HTMLButtonElement | null>;
  menu: RefObject<HTMLDivElement | null>;
}
/** Focuses the first item of an open menu, and closes the menu on a press elsewhere. */
function useWhileOpen(open: boolean, { button, menu }: Parts, close: () => void) {
  const onAway = useRef(close);
  onAway.current = close;
  useEffect(() => {
    if (!open) return;
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (event: Event) => {
      const target = event.target;
      if (target instanceof Node && (menu.current?.contains(target) || button.current?.contains(target))) return;
      onAway.current();
    };
    document.addEventListener('mousedown', away);
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('mousedown', away);
      window.removeEventListener('resize', away);
    };
  }, [open, button, menu]);
}

const EDGE_PX = 8;
/** Below the trigger, or above it if there is more room; always within the window. */
function placeBeside(trigger: DOMRect, menu: DOMRect): React.CSSProperties {
  const left = Math.max(EDGE_PX, Math.min(trigger.left, window.innerWidth - menu.width - EDGE_PX));
  const [above, below] = [trigger.top - EDGE_PX - 4, window.innerHeight - trigger.bottom - EDGE_PX - 4];
  if (menu.height <= below || below >= above) return { left, top: trigger.bottom + 4, maxHeight: below };
  return { left, bottom: window.innerHeight - trigger.top + 4, maxHeight: above };
}
