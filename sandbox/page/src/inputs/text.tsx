import { type KeyboardEvent, useEffect, useRef } from 'react';
import { object, strings, text, words } from '../blocks/read';
import { type ControlProps, naming } from './control';
import { richValue, richWords } from './values';

const INPUT_MODES: { [type: string]: 'decimal' | 'email' | 'url' } = {
  number_input: 'decimal',
  email_text_input: 'email',
  url_text_input: 'url',
};

/** Plain, number, email, URL and rich text. Like Slack, counts down near the limit. */
export function TextField(props: ControlProps) {
  const { element, value, change, dispatches } = props;
  const type = text(element.type);
  const isRich = type === 'rich_text_input';
  const typed = isRich ? richWords(value) : text(value.value);
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const focusOnLoad = element.focus_on_load === true;
  useEffect(() => {
    if (focusOnLoad) control.current?.focus();
  }, [focusOnLoad]);

  const triggers = strings(object(element.dispatch_action_config)?.trigger_actions_on);
  const onCharacter = dispatches && triggers.includes('on_character_entered');
  const onEnter = dispatches && (triggers.length === 0 || triggers.includes('on_enter_pressed'));
  const put = (next: string, sending: 'now' | 'later' | 'quiet') =>
    change(isRich ? richValue(next) : { value: next === '' ? null : next }, sending);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || !onEnter) return;
    event.preventDefault();
    put(typed, 'now');
  };

  const limit = typeof element.max_length === 'number' ? element.max_length : 0;
  const shared = {
    ...naming(props),
    ref: control,
    className: 'input',
    value: typed,
    // A space lets CSS tell whether the box is empty.
    placeholder: words(element.placeholder) || ' ',
    onKeyDown,
    onChange: (event: { target: { value: string } }) => put(event.target.value, onCharacter ? 'later' : 'quiet'),
  };
  const isLong = element.multiline === true || isRich;
  return (
    <div className="input-wrap">
      {isLong ? (
        <textarea {...shared} rows={4} />
      ) : (
        <input {...shared} type="text" inputMode={INPUT_MODES[type]} autoComplete="off" />
      )}
      {limit > 0 && typed.length > limit * 0.8 && (
        <span className={typed.length > limit ? 'input-count input-over' : 'input-count'}>
          <span aria-hidden="true">{limit - typed.length}</span>
          <span className="visually-hidden">{limit - typed.length} characters left</span>
        </span>
      )}
    </div>
  );
}
