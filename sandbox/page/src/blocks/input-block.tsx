import { useId } from 'react';
import type { JsonObject } from '../../../client-protocol';
import { Field, isGroupField } from '../inputs/field';
import { withEmoji } from '../text/emoji';
import { useHost } from './host';
import { object, text, words } from './read';

/** One question of a form: a real label, the control, its hint and what the app found wrong with the answer. */
export function InputBlock({ block, blockId }: { block: JsonObject; blockId: string }) {
  const { errors } = useHost();
  const id = useId();
  const element = object(block.element) ?? {};
  const error = errors[blockId];
  const hint = words(block.hint);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const label = withEmoji(words(block.label));
  const optional = block.optional === true;
  const labelled = (
    <>
      {label}
      {optional && <span className="field-optional"> (optional)</span>}
    </>
  );
  const control = (
    <Field
      element={element}
      blockId={blockId}
      id={id}
      name={label}
      describedBy={described || undefined}
      invalid={Boolean(error)}
      required={!optional}
      dispatches={block.dispatch_action === true}
    />
  );
  const notes = (
    <>
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {withEmoji(hint)}
        </p>
      )}
    </>
  );
  const focus = element.focus_on_load === true || undefined;
  const className = error ? 'field field-invalid' : 'field';
  if (isGroupField(text(element.type))) {
    return (
      <fieldset className={className} data-block={blockId} data-focus={focus} aria-describedby={described || undefined}>
        <legend className="field-label">{labelled}</legend>
        {control}
        {notes}
      </fieldset>
    );
  }
  return (
    <div className={className} data-block={blockId} data-focus={focus}>
      <label className="field-label" htmlFor={id}>
        {labelled}
      </label>
      {control}
      {notes}
    </div>
  );
}
