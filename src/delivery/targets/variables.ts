import { z } from 'zod';

/** The environment variables of a target. */
export interface Settings<Value> {
  /** The fixed names of its variables. */
  readonly names: readonly string[];
  read(given: Given): { readonly value: Value } & Found;
}
export interface Found {
  /** The variable, what is wrong and what to do, one sentence each. None repeats a value. */
  readonly faults: readonly string[];
  /** What the log must never show. */
  readonly secrets: readonly string[];
  /** The names of targets that are not set up. */
  readonly off: readonly string[];
}
/** The variables that are set. */
export type Given = Readonly<Record<string, string | undefined>>;

/** On or off; anything else is a fault: `true` would silently count as no. */
export const Switch = z
  .enum(['yes', 'no'], { error: 'must be yes or no' })
  .default('no')
  .transform((is) => is === 'yes');
