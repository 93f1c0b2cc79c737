import type { Actor } from '../domain/case';
import { type ConfigValues, changesOf } from '../domain/configuration';
import type { Policy } from '../domain/policy';
import { type ConfigDeps, type ConfigOutcome, changesSince, configure } from './configure';

export interface PolicyChange {
  readonly by: Actor;
  /** The version that the person who asks was shown. */
  readonly expected: number | null;
  /** What of the policy the change touches, e.g. `['roles', 'risk']`. */
  readonly section: readonly string[];
  readonly change: (policy: Policy) => Policy;
}

/** More than so many changes of others in a row are told to the person. */
const MOST_TRIES = 5;

/** The settings of which there is one each. */
type Setting = 'policy' | 'catalogue' | 'texts';
interface SettingChange<K extends Setting> extends Omit<PolicyChange, 'change'> {
  readonly what: K;
  readonly change: (value: ConfigValues[K]) => ConfigValues[K];
}

/** `changeSetting` of the policy. */
export const changePolicy = (deps: ConfigDeps, change: PolicyChange): Promise<ConfigOutcome<'policy'>> =>
  changeSetting(deps, { ...change, what: 'policy' });

/**
 * Changes one section of a setting. What others changed elsewhere in it meanwhile stays and is no conflict; what they
 * changed in this section is one, and nothing is stored.
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
