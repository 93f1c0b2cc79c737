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
 * The result of a submission: `again` replaces the view, `next` opens one on top of it, with nothing saved; `begun`
 * replaces the view while work continues for longer than a window waits.
 */
export type Saved =
  | {
      readonly is: 'saved';
      /** Closes the windows below, too. */
      readonly all?: boolean;
      /** What continues once the window is closed, e.g. for minutes. */
      readonly goOn?: () => Promise<void>;
    }
  | { readonly is: 'next'; readonly view: ModalView }
  | { readonly is: 'faults'; readonly faults: readonly FieldFault[] }
  | { readonly is: 'again'; readonly view: ModalView }
  | { readonly is: 'begun'; readonly view: ModalView; readonly work: () => Promise<void> }
  | { readonly is: 'refused'; readonly reason: string };

export const faultIn = (field: string, message: string): Saved => ({ is: 'faults', faults: [{ field, message }] });

/** A window that Home opens for admins to change something. One file each in this folder, one line in `index.ts`. */
export interface HomeWindow {
  readonly id: HomeWindowId;
  /** Draws it with current data. `key`: its subject. */
  open(deps: ListenerDeps, person: Person, about: Omit<WindowMemory, 'version'>): Promise<Drawn>;
  submit(deps: ListenerDeps, person: Person, memory: WindowMemory, values: WindowValues): Promise<Saved>;
  /** Whether its request is done, if that is not a configuration change. */
  stored?(deps: ListenerDeps, memory: WindowMemory): Promise<boolean>;
}

/**
 * The result of a change, for its window. After a conflict, the window is redrawn with the newest version, who changed
 * what at the top, and everything entered.
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
