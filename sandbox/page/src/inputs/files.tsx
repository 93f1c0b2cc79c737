import { useState } from 'react';
import type { JsonObject } from '../../../client-protocol';
import { number, objects, strings, text } from '../blocks/read';
import { Icon } from '../parts/icon';
import { useWorkspace } from '../store/context';
import { type ControlProps, naming } from './control';

const LARGEST_BYTES = 10 * 1024 * 1024;

/** Files of a form: uploaded when picked, listed with a button to remove each. */
export function FileField(props: ControlProps) {
  const { element, value, change } = props;
  const store = useWorkspace();
  const [busy, setBusy] = useState(false);
  const files = objects(value.files);
  const most = number(element.max_files) ?? 10;
  const types = strings(element.filetypes).map((each) => `.${each}`);

  const add = async (picked: File[]) => {
    const tooLarge = picked.filter((file) => file.size > LARGEST_BYTES);
    for (const file of tooLarge) store.toast('error', `${file.name} is larger than 10 MB. Choose a smaller file.`);
    setBusy(true);
    const added: JsonObject[] = [];
    for (const file of picked.filter((each) => !tooLarge.includes(each)).slice(0, most - files.length)) {
      await store.attempt(async () => added.push({ ...(await store.api.upload(file)).file }));
    }
    setBusy(false);
    if (added.length > 0) change({ files: [...files, ...added] }, 'now');
  };
  return (
    <div className="files">
      <input
        {...naming(props)}
        type="file"
        className="files-input"
        multiple={most > 1}
        accept={types.length > 0 ? types.join(',') : undefined}
        disabled={busy || files.length >= most}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {busy && <span role="status">Uploading…</span>}
      {files.length > 0 && (
        <ul className="files-list">
          {files.map((file) => (
            <li key={text(file.id)}>
              <Icon name="clip" size={15} /> {text(file.name)}
              <button
                type="button"
                className="link-button"
                aria-label={`Remove ${text(file.name)}`}
                onClick={() => change({ files: files.filter((each) => each.id !== file.id) }, 'now')}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
