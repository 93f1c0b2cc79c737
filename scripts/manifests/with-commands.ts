import { COMMANDS } from '../../src/domain/commands';
import { KINDS } from '../../src/domain/kinds';
import { messageShortcutId, SHORTCUT_KINDS } from '../../src/slack/ids/shortcuts';

/** The parts of an app manifest that this needs. */
interface Manifest {
  readonly features?: object | undefined;
  readonly settings?:
    | { readonly interactivity?: { readonly request_url?: string | undefined } | undefined }
    | undefined;
}

/** A manifest with the source's commands and message shortcuts; over HTTP, each command has its address. */
export function withCommands<M extends Manifest>(manifest: M) {
  const url = manifest.settings?.interactivity?.request_url;
  const slash_commands = COMMANDS.map(({ name, summary, usage }) => ({
    command: name,
    description: summary,
    usage_hint: usage,
    ...(url ? { url } : {}),
    should_escape: false,
  }));
  const shortcuts = SHORTCUT_KINDS.flatMap((kind) => {
    const { shortcut } = KINDS[kind];
    return shortcut
      ? [
          {
            name: shortcut.name,
            type: 'message',
            callback_id: messageShortcutId(kind),
            description: shortcut.description,
          },
        ]
      : [];
  });
  return { ...manifest, features: { ...manifest.features, slash_commands, shortcuts } };
}
