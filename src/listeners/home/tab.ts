import type { KnownBlock } from '@slack/types';
import type { Person } from '../../domain/access';
import type { HomePlace, HomeTab } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';

/** Takes what a drawing could not wait for: once it is there, the Home is drawn again, unless its person went on. */
export type Later = (work: Promise<unknown>) => void;

/** A page of Home: one file in this folder, and one line in `tabs.ts`. */
export interface Tab {
  readonly id: HomeTab;
  readonly label: string;
  /** Who sees it. */
  may(person: Person): boolean;
  /** Reads what it shows and draws it, at most 95 blocks. Rejects when the store cannot be reached. */
  draw(deps: ListenerDeps, person: Person, place: HomePlace, later: Later): Promise<readonly KnownBlock[]>;
}
