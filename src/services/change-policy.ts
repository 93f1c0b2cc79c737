import type { Actor } from '../domain/actor';
import { type ConfigValues, changesOf } from '../domain/configuration';
import type { Policy } from '../domain/policy';
import { type ConfigDeps, type ConfigOutcome, changesSince, configure } from './configure';

export interface PolicyChange {
  readonly by: Actor;
  /** The version shown to the person who changes it. */
  readonly expected: number | null;
  /** The part of the policy that changes, e.g. `['roles', 'risk']`. */
  readonly section: readonly string[];
  readonly change: (policy: Policy) => Policy;
}

/** After this many lost races in a row, the person is told. */
const MOST_TRIES = 5;

/** The settings that exist once. */
type Setting = 'policy' | 'catalogue' | 'texts';
interface SettingChange<K extends Setting> extends Omit<PolicyChange, 'change'> {
  readonly what: K;
  readonly change: (value: ConfigValues[K]) => ConfigValues[K];
}

/** `changeSetting` for the policy. */
export const changePolicy = (deps: ConfigDeps, change: PolicyChange): Promise<ConfigOutcome<'policy'>> =>
  changeSetting(deps, { ...change, what: 'policy' });

/**
 * Changes one section of a setting. Other people's changes to other sections are kept; a change to this section is a
 * conflict, and nothing is stored.
 */
export async function changeSetting<K extends Setting>(
  deps: ConfigDeps,
  { what, by, expected, section, change }: SettingChange<K>,
): Promise<ConfigOutcome<K>> {
  let version = expected;
  for (let tries = 1; ; tries++) {
    const outcome = await configure(deps, {
      what,
      key: what,
      by,
      expected: version,
      change: (value) => value && change(value),
    });
    if (outcome.ok || outcome.is === 'refused' || tries === MOST_TRIES) return outcome;
    const others = await changesSince(deps, what, what, expected);
    const isAllKnown = others.length === (outcome.version ?? 0) - (expected ?? 0);
    const isElsewhere = others.flatMap(changesOf).every(({ path }) => !touches(path, section));
    if (!isAllKnown || !isElsewhere) return outcome;
    version = outcome.version;
  }
}

/** Whether one of two paths leads through the other. */
const touches = (a: readonly string[], b: readonly string[]) =>
  Array.from({ length: Math.min(a.length, b.length) }, (_, i) => a[i] === b[i]).every(Boolean);
