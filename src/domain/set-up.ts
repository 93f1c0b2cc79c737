import type { Policy } from './policy';

/** The result of setting up a workspace: what there is, and what could still be added. */
export interface SetUpEnd {
  readonly areas: number;
  readonly providers: number;
  /** Areas without a channel or an Area Manager, and those without a deputy, by name. */
  readonly unfinished: readonly string[];
  readonly alone: readonly string[];
  /** The channels of the policy that are not set. */
  readonly channels: readonly (keyof Policy['channels'])[];
  readonly holidays: boolean;
}
/** SPs are counted up to here. */
export const MOST_COUNTED = 1000;
