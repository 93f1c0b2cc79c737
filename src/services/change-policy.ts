import type { Actor } from '../domain/case';
import { changesOf } from '../domain/configuration';
import type { Policy } from '../domain/policy';
import { type ConfigDeps, type ConfigOutcome, changesSince, configure } from './configure';

export interface PolicyChange {
  readonly by: Actor;
  /** The version that whoever asks was shown. */
  readonly expected: number | null;
  /** What of the policy the change touches, e.g. `['roles', 'risk']`. */
  readonly section: readonly string[];
  readonly change: (policy: Policy) => Policy;
}

/** More than so many changes of others in a row are told to the person. */
const MOST_TRIES = 5;

/**
 * Changes one section of the policy. What others changed elsewhere in the policy meanwhile stays and is no conflict; what
 * they changed in this section is one, and nothing is stored.
 */
export async function changePolicy(
  deps: ConfigDeps,
  { by, expected, section, change }: PolicyChange,
): Promise<ConfigOutcome<'policy'>> {
  let version = expected;
  for (let tries = 1; ; tries++) {
    const outcome = await configure(deps, {
      what: 'policy',
      key: 'policy',
      by,
      expected: version,
      change: (policy) => policy && change(policy),
    });
    if (outcome.ok || outcome.is === 'refused' || tries === MOST_TRIES) return outcome;
    const others = await changesSince(deps, 'policy', 'policy', expected);
    const isAllKnown = others.length === (outcome.version ?? 0) - (expected ?? 0);
    const isElsewhere = others.flatMap(changesOf).every(({ path }) => !touches(path, section));
    if (!isAllKnown || !isElsewhere) return outcome;
    version = outcome.version;
  }
}

/** Whether one of two paths leads through the other. */
const touches = (a: readonly string[], b: readonly string[]) =>
  Array.from({ length: Math.min(a.length, b.length) }, (_, i) => a[i] === b[i]).every(Boolean);
