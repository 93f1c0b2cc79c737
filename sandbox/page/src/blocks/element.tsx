import { useState } from 'react';
import type { JsonObject } from '../../../client-protocol';
import { Field, isField } from '../inputs/field';
import { ConfirmDialog } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { Menu } from '../parts/menu';
import { useWorkspace } from '../store/context';
import { openLink } from '../store/open-link';
import { withEmoji } from '../text/emoji';
import { Words } from '../text/mrkdwn';
import { Picture } from './display';
import { useHost } from './host';
import { object, objects, optionsOf, text, words } from './read';

interface ElementProps {
  element: JsonObject;
  blockId: string;
  /** The text of the block around it: the name of a control without its own. */
  label: string;
}

/** A button: one press at a time, with a confirmation if the app wants that. */
function Button({ element, blockId }: ElementProps) {
  const store = useWorkspace();
  const host = useHost();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const confirm = object(element.confirm);
  const url = text(element.url);
  const press = async () => {
    if (busy) return;
    setAsking(false);
    setBusy(true);
    await host.press(blockId, element, element.value === undefined ? undefined : { value: element.value });
    setBusy(false);
  };
  const style = `button button-${text(element.style) || 'default'}`;
  if (url) {
    return (
      <a
        className={style}
        href={/^https?:|^\//.test(url) ? url : '#'}
        target="_blank"
        rel="noreferrer noopener"
        onClick={(event) => {
          if (openLink(store, url)) event.preventDefault();
          press();
        }}
      >
        <Words of={object(element.text)} />
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        className={style}
        aria-disabled={busy}
        aria-busy={busy}
        aria-label={text(element.accessibility_label) || undefined}
        onClick={confirm ? () => setAsking(true) : press}
      >
        <Words of={object(element.text)} />
      </button>
      {asking && confirm && <ConfirmDialog confirm={confirm} onConfirm={press} onCancel={() => setAsking(false)} />}
    </>
  );
}

function Overflow({ element, blockId }: ElementProps) {
  const host = useHost();
  const [asking, setAsking] = useState<JsonObject | null>(null);
  const confirm = object(element.confirm);
  const pick = (option: JsonObject) => host.press(blockId, element, { selected_option: option });
  return (
    <>
      <Menu
        label="More actions"
        className="button button-default button-icon"
        trigger={<Icon name="dots" size={16} />}
        items={optionsOf(element).map((option) => ({
          key: text(option.value),
          label: withEmoji(words(option.text)),
          run: () => (confirm ? setAsking(option) : pick(option)),
        }))}
      />
      {asking && confirm && (
        <ConfirmDialog
          confirm={confirm}
          onCancel={() => setAsking(null)}
          onConfirm={() => {
            setAsking(null);
            pick(asking);
          }}
        />
      )}
    </>
  );
}

/** Thumbs and icon buttons are buttons with other words. */
function FeedbackButtons({ element, blockId, label }: ElementProps) {
  return [object(element.positive_button), object(element.negative_button)].map(
    (button, index) =>
      button && (
        <Button
          key={index === 0 ? 'positive' : 'negative'}
          element={{ ...button, action_id: element.action_id ?? '', type: 'button' }}
          blockId={blockId}
          label={label}
        />
      ),
  );
}

/** Any element of a section, actions or context_actions block. */
export function Element({ element, blockId, label }: ElementProps) {
  const type = text(element.type);
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button') {
    return <Button element={element} blockId={blockId} label={label} />;
  }
  if (type === 'overflow') return <Overflow element={element} blockId={blockId} label={label} />;
  if (type === 'feedback_buttons') return <FeedbackButtons element={element} blockId={blockId} label={label} />;
  if (type === 'image') return <Picture source={text(element.image_url)} alt={text(element.alt_text)} />;
  if (isField(type)) {
    const name = words(element.placeholder) || label || type.replaceAll('_', ' ');
    return <Field element={element} blockId={blockId} name={name} dispatches />;
  }
  const options = objects(element.options).length;
  return (
    <span className="bk-unknown">
      Cannot show a “{type}” element here{options ? ` (${options} options)` : ''}
    </span>
  );
}
