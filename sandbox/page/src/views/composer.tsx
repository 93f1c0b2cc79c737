import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ClientFile } from '../../../client-protocol';
import { Icon } from '../parts/icon';
import { Menu } from '../parts/menu';
import { useUsers, useWorkspace, useWorkspaceState } from '../store/context';
import { type Completion, completionsFor } from '../text/completions';

interface ComposerProps {
  channel: string;
  placeholder: string;
  threadTs?: string;
  focus?: boolean;
}

/** The app's global shortcuts, behind the lightning bolt. */
function ShortcutsMenu() {
  const store = useWorkspace();
  const shortcuts = useWorkspaceState((state) => state.boot?.shortcuts);
  return (
    <Menu
      label="Shortcuts"
      className="tool"
      trigger={<Icon name="bolt" />}
      items={(shortcuts ?? [])
        .filter((each) => each.type === 'global')
        .map(({ callbackId, name, description }) => ({
          key: callbackId,
          label: name,
          detail: description,
          run: () => {
            store.attempt(() => store.api.shortcut({ callbackId }));
          },
        }))}
    />
  );
}

interface CompletionsProps {
  id: string;
  shown: readonly Completion[];
  /** The number of the one that the keys are at. */
  active: number;
  onPick: (completion: Completion) => void;
}

function Completions({ id, shown, active, onPick }: CompletionsProps) {
  return (
    <div className="completions" role="listbox" id={id} aria-label="Suggestions" tabIndex={-1}>
      {shown.map((completion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the text box, which keeps the focus
        <div
          key={completion.insert}
          role="option"
          id={`${id}-${index}`}
          tabIndex={-1}
          aria-selected={index === active}
          className={index === active ? 'completion completion-active' : 'completion'}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(completion)}
        >
          <strong>{completion.label}</strong> <span className="completion-hint">{completion.hint}</span>
          <span className="option-more">{completion.detail}</span>
        </div>
      ))}
    </div>
  );
}

function Attached({ files, onRemove }: { files: readonly ClientFile[]; onRemove: (file: ClientFile) => void }) {
  return (
    <ul className="files-list composer-files">
      {files.map((file) => (
        <li key={file.id}>
          <Icon name="clip" size={15} /> {file.name}
          <button type="button" className="link-button" onClick={() => onRemove(file)}>
            Remove
          </button>
        </li>
      ))}
    </ul>
  );
}

function AttachButton({ onPick }: { onPick: (files: File[]) => void }) {
  return (
    <label className="tool" title="Attach a file">
      <span className="visually-hidden">Attach a file</span>
      <Icon name="clip" />
      <input
        type="file"
        multiple
        className="visually-hidden"
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </label>
  );
}

/** Makes the box as high as its text, up to a limit. */
function useFittingHeight(box: RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is measured again whenever its text changes
  useLayoutEffect(() => {
    const node = box.current;
    if (!node) return;
    node.style.height = 'auto';
    node.style.height = `${Math.min(node.scrollHeight, 200)}px`;
  }, [text]);
}

/** Where messages and slash commands are typed. What could not be sent stays in the box. */
export function Composer({ channel, placeholder, threadTs, focus = false }: ComposerProps) {
  const store = useWorkspace();
  const users = useUsers();
  const channels = useWorkspaceState((state) => state.channels);
  const commands = useWorkspaceState((state) => state.boot?.commands);
  const [typed, setTyped] = useState('');
  const [files, setFiles] = useState<ClientFile[]>([]);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [hidden, setHidden] = useState(false);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();

  const { offered, from, hint } = completionsFor(typed, caret, { users, channels, commands: commands ?? [] });
  const shown = hidden ? [] : offered;

  useFittingHeight(box, typed);
  useLayoutEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);

  const put = (text: string, at: number) => {
    setTyped(text);
    setCaret(at);
    setActive(0);
    setHidden(false);
  };
  const pick = (completion: Completion) => {
    const text = `${typed.slice(0, from)}${completion.insert} ${typed.slice(caret)}`;
    put(text, from + completion.insert.length + 1);
    box.current?.focus();
  };
  const send = async () => {
    if ((!typed.trim() && files.length === 0) || busy) return;
    const [sentText, sentFiles] = [typed, files];
    put('', 0);
    setFiles([]);
    setBusy(true);
    const went = await store.send(
      channel,
      sentText,
      threadTs,
      sentFiles.map((file) => file.id),
    );
    setBusy(false);
    if (went) return;
    setTyped((now) => now || sentText);
    setFiles((now) => (now.length ? now : sentFiles));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const choice = shown[active];
    if (event.nativeEvent.isComposing) return;
    if (choice && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length);
    } else if (choice && event.key === 'Escape') {
      event.preventDefault();
      setHidden(true);
    } else if (choice && (event.key === 'Tab' || event.key === 'Enter') && typed.slice(from, caret) !== choice.insert) {
      event.preventDefault();
      pick(choice);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  const attach = async (picked: File[]) => {
    for (const file of picked) {
      await store.attempt(async () => {
        const answer = await store.api.upload(file);
        setFiles((now) => [...now, answer.file]);
      });
    }
  };
  return (
    <div className="composer" data-tour={threadTs ? undefined : 'composer'}>
      {shown.length > 0 && <Completions id={listId} shown={shown} active={active} onPick={pick} />}
      <textarea
        ref={box}
        rows={1}
        aria-label={placeholder}
        placeholder={placeholder}
        value={typed}
        aria-autocomplete="list"
        aria-controls={shown.length > 0 ? listId : undefined}
        aria-activedescendant={shown.length > 0 ? `${listId}-${active}` : undefined}
        onChange={(event) => put(event.target.value, event.target.selectionStart)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {hint && <p className="composer-hint">{hint}</p>}
      {files.length > 0 && (
        <Attached files={files} onRemove={(file) => setFiles(files.filter((each) => each !== file))} />
      )}
      <div className="composer-tools">
        <AttachButton onPick={attach} />
        <ShortcutsMenu />
        <span className="composer-space" />
        <button
          type="button"
          className="send"
          aria-label="Send"
          title="Send (Enter)"
          disabled={busy || (!typed.trim() && files.length === 0)}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}
