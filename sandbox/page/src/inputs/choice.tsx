import { useId } from 'react';
import type { JsonObject } from '../../../client-protocol';
import { object, objects, optionsOf, text, words } from '../blocks/read';
import { withEmoji } from '../text/emoji';
import { Words } from '../text/mrkdwn';
import { type ControlProps, naming } from './control';

const keyOf = (option: JsonObject | null) => text(option?.value);

/** One of a list: a native select, so that typing, arrows and phones work as people expect. */
export function SelectField(props: ControlProps) {
  const { element, value, change } = props;
  const options = optionsOf(element);
  const groups = objects(element.option_groups);
  const draw = (option: JsonObject) => (
    <option key={keyOf(option)} value={keyOf(option)}>
      {withEmoji(words(option.text))}
    </option>
  );
  return (
    <select
      {...naming(props)}
      className="input select"
      value={keyOf(object(value.selected_option))}
      onChange={(event) =>
        change({ selected_option: options.find((each) => keyOf(each) === event.target.value) ?? null }, 'now')
      }
    >
      <option value="">{words(element.placeholder) || 'Select an option'}</option>
      {groups.length > 0
        ? groups.map((group) => (
            <optgroup key={words(group.label)} label={words(group.label)}>
              {objects(group.options).map(draw)}
            </optgroup>
          ))
        : options.map(draw)}
    </select>
  );
}

interface OptionRowProps {
  kind: 'radio' | 'checkbox';
  group: string;
  option: JsonObject;
  checked: boolean;
  toggle: () => void;
}
function OptionRow({ kind, group, option, checked, toggle }: OptionRowProps) {
  const id = useId();
  const description = object(option.description);
  return (
    <div className="option">
      <input
        type={kind}
        id={id}
        name={group}
        checked={checked}
        onChange={toggle}
        aria-describedby={description ? `${id}-more` : undefined}
      />
      <span>
        <label htmlFor={id}>
          <Words of={object(option.text)} />
        </label>
        {description && (
          <span className="option-more" id={`${id}-more`}>
            <Words of={description} />
          </span>
        )}
      </span>
    </div>
  );
}

function OptionList({ props, children }: { props: ControlProps; children: React.ReactNode }) {
  if (props.required !== undefined) return <div className="options">{children}</div>;
  return (
    <fieldset className="options" aria-label={props.name}>
      {children}
    </fieldset>
  );
}

export function RadioField(props: ControlProps) {
  const { element, value, change } = props;
  const group = useId();
  const picked = keyOf(object(value.selected_option));
  return (
    <OptionList props={props}>
      {optionsOf(element).map((option) => (
        <OptionRow
          key={keyOf(option)}
          kind="radio"
          group={group}
          option={option}
          checked={keyOf(option) === picked}
          toggle={() => change({ selected_option: option }, 'now')}
        />
      ))}
    </OptionList>
  );
}

export function CheckboxesField(props: ControlProps) {
  const { element, value, change } = props;
  const group = useId();
  const picked = new Set(objects(value.selected_options).map(keyOf));
  const options = optionsOf(element);
  const toggle = (key: string) =>
    options.filter((option) => (keyOf(option) === key ? !picked.has(key) : picked.has(keyOf(option))));
  return (
    <OptionList props={props}>
      {options.map((option) => (
        <OptionRow
          key={keyOf(option)}
          kind="checkbox"
          group={group}
          option={option}
          checked={picked.has(keyOf(option))}
          toggle={() => change({ selected_options: toggle(keyOf(option)) }, 'now')}
        />
      ))}
    </OptionList>
  );
}
