import { STARTER_CATALOGUE } from './catalogue';
import { DEFAULT_POLICY } from './default-policy';
import type { Area, ServiceProvider } from './directory';
import type { Catalogue } from './forms/form';
import type { Policy } from './policy';
import type { SpHold } from './sp-hold';

/**
 * What an admin can change. `key`: the area's name, or the account number of the SP or its legal hold; the others exist
 * once, with their kind as key.
 */
export const CONFIG_KINDS = ['area', 'provider', 'policy', 'catalogue', 'texts', 'sp_hold'] as const;
export type ConfigKind = (typeof CONFIG_KINDS)[number];

/** Ready-made closing texts by name. */
export type Texts = Readonly<Record<string, string>>;

/** The value of each kind of configuration. */
export interface ConfigValues {
  readonly area: Area;
  readonly provider: ServiceProvider;
  readonly policy: Policy;
  readonly catalogue: Catalogue;
  readonly texts: Texts;
  readonly sp_hold: SpHold;
}

/** How many documents a bulk import touched. */
export interface ImportTally {
  inserted: number;
  updated: number;
  unchanged: number;
}

/** One configuration change (domain section 10): who, when, before and after. Never edited. */
export interface ConfigEvent {
  /** Built from kind, key and version, so writing it twice stores it once. */
  readonly id: string;
  readonly at: Date;
  /** A Slack user id, or the name of the tool that did it. */
  readonly by: string;
  readonly what: ConfigKind;
  /** For a bulk import, its file name. */
  readonly key: string;
  /** The version that this change made; null for a bulk import. */
  readonly version: number | null;
  /** Null: it did not exist, or was the default. */
  readonly before: unknown;
  /** Null: it was removed. */
  readonly after: unknown;
  /** Only for a bulk import, which has no before and after. */
  readonly tally: Readonly<ImportTally> | null;
}

/** What applies until it is first set; areas and SPs have no default. */
export const CONFIG_DEFAULTS: Partial<ConfigValues> = {
  policy: DEFAULT_POLICY,
  catalogue: STARTER_CATALOGUE,
  texts: {},
};

export const configEventId = (what: ConfigKind, key: string, version: number) => `${what}:${key}:${version}`;

/** The id of the event for someone having reviewed the policy and kept it. */
export const POLICY_KEPT = 'policy:kept';
/** The id of the event for someone having read the result of the set-up. */
export const SET_UP_READ = 'policy:set_up_read';

/** One value that a change touched; undefined where there was none. */
export interface Difference {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** The values that differ, by path, in order; a list counts as one value, undefined as null. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(own(before, key), own(after, key), [...path, key]));
  }
  const same = JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
  return same ? [] : [{ path, before, after }];
}

/** The values that an event changed; for the first change of something with a default, those that differ from it. */
export const changesOf = ({ what, before, after }: ConfigEvent): Difference[] =>
  differences(before ?? CONFIG_DEFAULTS[what] ?? null, after);

/** `current` with these differences undone, or the first of them that has changed since and so must stay. */
export function takenBack(
  current: unknown,
  changes: readonly Difference[],
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly changed: Difference } {
  let value = current;
  for (const change of changes) {
    const now = valueAt(value, change.path);
    if (differences(now, change.after).length) return { ok: false, changed: { ...change, after: now } };
    value = withValue(value, change.path, change.before);
  }
  return { ok: true, value };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? own(at, key) : undefined), value ?? null);
}

/** A copy with another value at this path; undefined removes its key. */
function withValue(value: unknown, [key, ...rest]: readonly string[], next: unknown): unknown {
  if (key === undefined) return next;
  const { [key]: old, ...others } = isRecord(value) ? value : {};
  const made = withValue(old, rest, next);
  return made === undefined ? others : { ...others, [key]: made };
}

const own = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
