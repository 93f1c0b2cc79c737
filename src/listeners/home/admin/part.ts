import type { KnownBlock } from '@slack/types';
import type { Person } from '../../../domain/access';
import type { HomePlace } from '../../../slack/ids/home';
import type { ListenerDeps } from '../../deps';
import type { Later } from '../tab';

/** A part of the admin tab: one file in this folder, and one line in `parts.ts`. */
export interface Part {
  /** As stored in `place.part`; the first part's is empty. */
  readonly id: string;
  readonly label: string;
  /** Loads its data and draws it, at most 90 blocks. Rejects if the store is unreachable. */
  draw(deps: ListenerDeps, person: Person, place: HomePlace, context: PartContext): Promise<readonly KnownBlock[]>;
}
export interface PartContext {
  readonly later: Later;
  /** The existing parts. */
  readonly parts: ReadonlySet<string>;
}
