import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import { withEmoji } from '../text/emoji';
import { type FieldProps, naming } from './control';
import type { Choice } from './values';

interface ComboboxProps {
  field: FieldProps;
  many: boolean;
  most: number | undefined;
  placeholder: string;
  offered: Choice[];
  /** Shown if nothing is offered. */
  hint: string;
  picked: Choice[];
  /** The search text, null while closed. */
  onQuery: (query: string | null) => void;
  onPick: (picked: Choice[]) => void;
}

/** A text box with a list under it (the ARIA combobox pattern); several picked ones are shown before the text. */
export function Combobox({ field, many, most, placeholder, offered, hint, picked, onQuery, onPick }: ComboboxProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const isOpen = query !== null;
  const isPicked = (choice: Choice) => picked.some((each) => each.key === choice.key);
  const current = picked[0];
  const isFull = many && most !== undefined && picked.length >= most;

  // The list opens inside a scrolling pane and must not open out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever what is offered changed
  useLayoutEffect(() => {
    if (isOpen) list.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, offered.length]);

  const ask = (next: string | null) => {
    setQuery(next);
    onQuery(next);
    setActive(0);
  };
  const pick = (choice: Choice) => {
    if (!many) {
      onPick([choice]);
      ask(null);
      return;
    }
    if (isPicked(choice)) onPick(picked.filter((each) => each.key !== choice.key));
    else if (!isFull) onPick([...picked, choice]);
    ask('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const choice = offered[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return ask('');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + offered.length) % Math.max(1, offered.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen && choice) pick(choice);
      else if (!isOpen) ask('');
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      ask(null);
    } else if (event.key === 'Backspace' && !query && picked.length > 0) {
      onPick(picked.slice(0, -1));
    }
  };
  return (
    <div className="combobox">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the box only hands its clicks to the input in it */}
      <div className="input combobox-box" onClick={() => input.current?.focus()}>
        {many &&
          picked.map((choice) => (
            <span key={choice.key} className="token">
              {withEmoji(choice.label)}
              <button
                type="button"
                aria-label={`Remove ${choice.label}`}
                onClick={() => onPick(picked.filter((each) => each.key !== choice.key))}
              >
                ×
              </button>
            </span>
          ))}
        <input
          {...naming(field)}
          ref={input}
          role="combobox"
          autoComplete="off"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && offered[active] ? `${listId}-${active}` : undefined}
          placeholder={picked.length > 0 ? (many ? '' : current?.label) : placeholder}
          value={query ?? (many ? '' : withEmoji(current?.label ?? ''))}
          onFocus={() => many || input.current?.select()}
          onClick={() => isOpen || ask('')}
          onChange={(event) => ask(event.target.value)}
          onBlur={() => ask(null)}
          onKeyDown={onKeyDown}
        />
        {!many && current && !field.required && (
          <button
            type="button"
            className="combobox-clear"
            aria-label={`Clear ${field.name}`}
            onClick={() => onPick([])}
          >
            ×
          </button>
        )}
      </div>
      {isOpen && (
        <Options
          id={listId}
          name={field.name}
          list={list}
          many={many}
          offered={offered}
          hint={hint}
          active={active}
          isPicked={isPicked}
          onPick={pick}
        />
      )}
    </div>
  );
}

interface OptionsProps {
  id: string;
  name: string;
  list: RefObject<HTMLDivElement | null>;
  many: boolean;
  offered: Choice[];
  hint: string;
  /** The number of the option that the keys are at. */
  active: number;
  isPicked: (choice: Choice) => boolean;
  onPick: (choice: Choice) => void;
}

/** The list under the text box. */
function Options({ id, name, list, many, offered, hint, active, isPicked, onPick }: OptionsProps) {
  return (
    <div
      className="combobox-list"
      ref={list}
      role="listbox"
      id={id}
      aria-label={name}
      aria-multiselectable={many}
      tabIndex={-1}
    >
      {offered.length === 0 && (
        <div className="combobox-none" role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
          {hint}
        </div>
      )}
      {offered.map((choice, index) => (
        <div key={choice.key}>
          {choice.group && choice.group !== offered[index - 1]?.group && (
            <div className="combobox-group" aria-hidden="true">
              {choice.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input, which keeps the focus */}
          <div
            role="option"
            id={`${id}-${index}`}
            tabIndex={-1}
            aria-selected={isPicked(choice)}
            className={index === active ? 'combobox-option combobox-active' : 'combobox-option'}
            ref={(node) => {
              if (index === active) node?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(choice)}
          >
            <span className="combobox-tick" aria-hidden="true">
              {many && isPicked(choice) ? '✓' : ''}
            </span>
            <span>
              {withEmoji(choice.label)}
              {choice.detail && <span className="option-more"> {choice.detail}</span>}
            </span>
          </div>
        </div>
      ))}
    </div>
  );
}
