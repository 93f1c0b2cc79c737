import type { KnownBlock, ModalView } from '@slack/types';
import { conflictNotice } from '../../../blocks/home/windows/notice';
import type { Person } from '../../../domain/access';
import type { ConfigEvent, ConfigKind } from '../../../domain/configuration';
import type { FieldFault } from '../../../domain/directory-rules';
import { type ConfigOutcome, changesSince } from '../../../services/configure';
import type { HomeWindowId, WindowMemory } from '../../../slack/ids/home-window';
import type { WindowValues } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';

/** A window to draw, or why there is none. */
export type Drawn = { readonly view: ModalView } | { readonly refused: string };

/**
 * What became of a submission: `again` shows another view in its place, `next` one on top of it, with nothing saved;
 * `begun` shows another view while it goes on with work that takes longer than a window waits.
 */
export type Saved =
  | {
      readonly is: 'saved';
      /** Closes the windows below, too. */
      readonly all?: boolean;
      /** What goes on once the window is closed, e.g. for minutes. */
      readonly goOn?: () => Promise<void>;
    }
  | { readonly is: 'next'; readonly view: ModalView }
  | { readonly is: 'faults'; readonly faults: readonly FieldFault[] }
  | { readonly is: 'again'; readonly view: ModalView }
  | { readonly is: 'begun'; readonly view: ModalView; readonly work: () => Promise<void> }
  | { readonly is: 'refused'; readonly reason: string };

/** A window that Home opens to change something. One file each in this folder, one line in `index.ts`. */
export interface HomeWindow {
  readonly id: HomeWindowId;
  /** Who may open and submit it. */
  may(person: Person): boolean;
  /** Draws it as things are now. `key`: what it is about. */
  open(deps: ListenerDeps, person: Person, about: Omit<WindowMemory, 'version'>): Promise<Drawn>;
  submit(deps: ListenerDeps, person: Person, memory: WindowMemory, values: WindowValues): Promise<Saved>;
  /** Whether what it asked for is done, where that is no change of the configuration. */
  stored?(deps: ListenerDeps, memory: WindowMemory): Promise<boolean>;
}

/**
 * What a change came to, for its window. After a conflict the window is drawn again on the newest version, with who
 * changed what on top and everything entered kept.
 */
export async function savedBy<K extends ConfigKind>(
  deps: ListenerDeps,
  { what, key, version }: { readonly what: K; readonly key: string; readonly version: number | null },
  outcome: ConfigOutcome<K>,
  again: (version: number | null, notice: readonly KnownBlock[]) => ModalView,
): Promise<Saved> {
  if (outcome.ok) return { is: 'saved' };
  if (outcome.is === 'refused') return { is: 'faults', faults: outcome.faults };
  const events: readonly ConfigEvent[] = await changesSince(deps, what, key, version);
  return { is: 'again', view: again(outcome.version, conflictNotice(events)) };
}
