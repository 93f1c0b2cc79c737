import type { Actor } from '../domain/actor';
import { catalogueFaults } from '../domain/catalogue-rules';
import {
  CONFIG_DEFAULTS,
  type ConfigEvent,
  type ConfigKind,
  type ConfigValues,
  differences,
} from '../domain/configuration';
import { areaFaults, type FieldFault, readProvider } from '../domain/directory-rules';
import { Policy } from '../domain/policy';
import { CONFIG_ROLES } from '../domain/role';
import { shapeFaults } from '../domain/settings';
import { textFaults } from '../domain/texts';
import { amount } from '../domain/wording';
import { withinOr } from './deadline';
import type { ServiceDeps } from './deps';
import { numbersFor } from './numbers';
import type { Configured } from './ports/directory';
import { isHeld } from './role-gaps';
import { peopleOf } from './standing';

/** What a change needs. */
export type ConfigDeps = Pick<
  ServiceDeps,
  'configuration' | 'directory' | 'reports' | 'people' | 'admins' | 'now' | 'onAdminMatter'
>;

/** A piece of configuration with its version; null: it was never set. */
export interface Standing<K extends ConfigKind> {
  readonly value: ConfigValues[K] | null;
  readonly version: number | null;
  readonly changed: Configured<K>['changed'] | null;
}

export interface ConfigRequest<K extends ConfigKind> {
  readonly what: K;
  /** The area's name or the SP's account; the others exist once, with their kind as key. */
  readonly key: string;
  /** A Slack user id, or the name of a tool. */
  readonly by: Actor;
  /** The version shown to the person who changes it. */
  readonly expected: number | null;
  /** Makes the new value from the current one; null removes it (areas and legal holds only). */
  readonly change: (current: ConfigValues[K] | null) => ConfigValues[K] | null;
}
export type ConfigOutcome<K extends ConfigKind> =
  | { readonly ok: true; readonly after: ConfigValues[K] | null; readonly version: number | null }
  | {
      readonly ok: false;
      readonly is: 'conflict';
      readonly current: ConfigValues[K] | null;
      readonly version: number | null;
      readonly changedBy: string | null;
      readonly changedAt: Date | null;
    }
  | { readonly ok: false; readonly is: 'refused'; readonly faults: readonly FieldFault[] };

/** A piece of configuration as stored now; the default if it was never set. */
export async function standing<K extends ConfigKind>(
  { configuration }: Pick<ServiceDeps, 'configuration'>,
  what: K,
  key: string,
): Promise<Standing<K>> {
  const found = await configuration.configured(what, key);
  if (found) return found;
  return { value: CONFIG_DEFAULTS[what] ?? null, version: null, changed: null };
}

/**
 * Changes one piece of configuration in one guarded write, which is an event of the history (domain section 10).
 * Refuses invalid values, with every fault by field; returns a conflict with the current value if someone changed it
 * since `expected`, so that nothing is overwritten unseen. Writes nothing if nothing changes. Rejects if the store is
 * unreachable.
 */
export async function configure<K extends ConfigKind>(
  deps: ConfigDeps,
  { what, key, by, expected, change }: ConfigRequest<K>,
): Promise<ConfigOutcome<K>> {
  const current = await standing(deps, what, key);
  const after = change(current.value);
  // Also if it was stored a moment ago and the answer was lost.
  if (!differences(after, current.value).length) return { ok: true, after, version: current.version };
  if (current.version !== expected) return conflict(current);

  const faults =
    after === null ? await faultsOfRemoval(deps, what, key) : await FAULTS[what](deps, key, after, current);
  if (faults.length) return { ok: false, is: 'refused', faults };
  const event = await deps.configuration.write({ what, key, by, at: deps.now(), expected, after });
  if (!event) return conflict(await standing(deps, what, key));
  deps.onAdminMatter(by);
  return { ok: true, after, version: event.version };
}

function conflict<K extends ConfigKind>({ value, version, changed }: Standing<K>): ConfigOutcome<K> {
  const [changedBy, changedAt] = [changed?.by ?? null, changed?.at ?? null];
  return { ok: false, is: 'conflict', current: value, version, changedBy, changedAt };
}

/** Other people's changes since a version, newest first, at most ten. */
export const changesSince = async (
  { configuration }: Pick<ServiceDeps, 'configuration'>,
  what: ConfigKind,
  key: string,
  version: number | null,
): Promise<readonly ConfigEvent[]> => {
  const newest = await configuration.history({ what, key }, { skip: 0, limit: 10 });
  return newest.filter((event) => event.version !== null && event.version > (version ?? 0));
};

/** How long a change waits for Slack's answers about people, ms: its window does not wait long. */
const PEOPLE_MS = 500;

type Faults = {
  readonly [K in ConfigKind]: (
    deps: ConfigDeps,
    key: string,
    after: ConfigValues[K],
    current: Standing<K>,
  ) => Promise<readonly FieldFault[]>;
};
const FAULTS: Faults = {
  async area(deps, key, area, { version }) {
    const faults = areaFaults(area);
    if (area.name !== key)
      faults.push({ field: 'name', message: 'An area keeps its name: its cases know it by that.' });
    const twin = (await deps.directory.areas()).find(({ name }) => name.toLowerCase() === key.toLowerCase());
    if (version === null && twin) faults.push({ field: 'name', message: `There is an area ${twin.name} already.` });
    return faults;
  },
  async provider(deps, key, provider, { value }) {
    const { phone, email, ...rest } = provider;
    const numbers = value ? null : await numbersFor(deps);
    const read = readProvider({ ...rest, phone: phone ?? '', email: email ?? '' }, numbers);
    const faults = read.ok ? [] : [...read.faults];
    if (provider.account !== key) faults.push({ field: 'account', message: 'An SP keeps its account number.' });
    if (!(await deps.directory.area(provider.area)))
      faults.push({ field: 'area', message: `There is no area ${provider.area}: choose one of the directory.` });
    return faults;
  },
  async policy(deps, _key, policy) {
    const read = Policy.safeParse(policy);
    if (!read.success) return read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
    const known: readonly string[] = CONFIG_ROLES;
    const unknown = Object.keys(policy.roles).find((role) => !known.includes(role));
    if (unknown)
      return [{ field: `roles.${unknown}`, message: `There is no role ${unknown}: use ${known.join(', ')}.` }];
    const { admins } = await peopleOf(deps, policy);
    // Whom Slack does not know in time counts as working here, as everywhere.
    if (!admins.length || !(await withinOr(PEOPLE_MS, isHeld(deps.people, admins), () => true)))
      return [{ field: 'roles.admin', message: 'No one who works here would be an admin: leave at least one.' }];
    return [];
  },
  async catalogue(_deps, _key, catalogue, { value }) {
    const misfits = shapeFaults('catalogue', catalogue);
    return misfits.length ? misfits : catalogueFaults(catalogue, value ?? {});
  },
  async texts(_deps, _key, texts) {
    const misfits = shapeFaults('texts', texts);
    return misfits.length ? misfits : textFaults(texts);
  },
  // `heldAfter` already decided what may become of a hold, based on this version.
  sp_hold: async () => [],
};

/** Only an unused area can be removed: its SPs and open cases would lead nowhere. */
async function faultsOfRemoval(deps: ConfigDeps, what: ConfigKind, key: string): Promise<readonly FieldFault[]> {
  if (what === 'sp_hold') return [];
  if (what !== 'area') return [{ field: '', message: 'This can be changed but not removed.' }];
  const users = await usersOfArea(deps, key);
  return users === null ? [] : [{ field: 'name', message: users }];
}

/** Why an area cannot be removed, as a sentence, or null. */
export async function usersOfArea(deps: ConfigDeps, area: string): Promise<string | null> {
  const [providers, isOpen] = await Promise.all([
    deps.configuration.countProviders(area, COUNTED),
    deps.reports.hasOpen(area),
  ]);
  if (!providers && !isOpen) return null;
  const count = providers >= COUNTED ? `${amount(COUNTED)} or more` : amount(providers);
  const sps = providers > 0 && `${count} SP${providers === 1 ? '' : 's'}`;
  const used = [sps, isOpen && 'open cases'].filter(Boolean).join(' and ');
  return `${area} has ${used}: move them to another area first.`;
}
const COUNTED = 1000;
