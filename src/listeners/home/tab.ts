import type { KnownBlock } from '@slack/types';
import type { Person } from '../../domain/access';
import type { HomePlace, HomeTab } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';

/** Takes what a drawing could not wait for: once it is there, Home is redrawn, unless the person moved on. */
export type Later = (work: Promise<unknown>) => void;

/** A page of Home: one file in this folder, and one line in `tabs.ts`. */
export interface Tab {
  readonly id: HomeTab;
  readonly label: string;
  /** Who sees it. */
  may(person: Person): boolean;
  /** Loads its data and draws it, at most 95 blocks. Rejects if the store is unreachable. */
  draw(deps: ListenerDeps, person: Person, place: HomePlace, later: Later): Promise<readonly KnownBlock[]>;
}
