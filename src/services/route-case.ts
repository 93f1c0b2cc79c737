import type { Actor } from '../domain/actor';
import type { ServiceProvider } from '../domain/directory';
import type { FieldFault } from '../domain/directory-rules';
import { type ConfigOutcome, configure, standing } from './configure';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import { peopleOf } from './standing';

export interface RouteRequest {
  readonly ref: string;
  readonly by: Actor;
  readonly area: string;
  /** Also puts the case's SP into that area in the directory; null: the directory does not change. */
  readonly teach: {
    /** The version of the SP shown to the person; null: it did not exist. */
    readonly expected: number | null;
    /** The name of an SP that is not in the directory yet. */
    readonly name: string;
  } | null;
}
export type Routed =
  | { readonly ok: true }
  | { readonly ok: false; readonly is: 'faults'; readonly faults: readonly FieldFault[] }
  /** Someone else changed the SP meanwhile; nothing was done. */
  | { readonly ok: false; readonly is: 'conflict'; readonly version: number | null }
  | { readonly ok: false; readonly is: 'refused'; readonly reason: string };

/**
 * Gives a case that no area has taken to an area: its channel, and its Area Manager or a substitute if the report is
 * about them (domain section 3). The directory is changed first, so that if that fails, the case stays where it is.
 * Refuses if it was routed meanwhile. Rejects if the store is unreachable.
 */
export async function routeCase(deps: ServiceDeps, { ref, by, area: name, teach }: RouteRequest): Promise<Routed> {
  const stored = await deps.cases.byRef(ref);
  if (!stored?.unrouted)
    return { ok: false, is: 'refused', reason: `${ref} already has an area. Nothing was changed.` };
  const area = await deps.directory.area(name);
  const { admins } = await peopleOf(deps, await deps.directory.policy());
  const owner = [area?.areaManager, area?.deputy, ...admins].find(
    (id) => typeof id === 'string' && !stored.subjects.includes(id),
  );
  if (!area?.channel || !area.areaManager || !owner)
    return fault('area', 'This area has no channel or no Area Manager yet. Set it up under Areas, or choose another.');

  const { account } = stored.sp;
  if (teach) {
    if (!teach.name && !(await standing(deps, 'provider', account)).value)
      return fault('name', 'The directory does not know this SP: give its name, or clear the checkbox.');
    const taught = await learn(deps, account, { ...teach, by, area: area.name });
    if (!taught.ok && taught.is === 'conflict') return { ok: false, is: 'conflict', version: taught.version };
    if (!taught.ok) return { ok: false, is: 'faults', faults: taught.faults };
  }
  const summary = `Routed by the Admin team. ${stored.unrouted}`;
  const move = { type: 'reassign', area: area.name, owner, summary } as const;
  const moved = await moveCase(deps, { find: { ref }, move, by, key: null });
  if (moved.ok) return { ok: true };
  const kept = teach ? ` The directory now puts ${account} in ${area.name}.` : '';
  return { ok: false, is: 'refused', reason: moved.reason + kept };
}

const learn = (
  deps: ServiceDeps,
  account: string,
  { by, area, name, expected }: { by: Actor; area: string; name: string; expected: number | null },
): Promise<ConfigOutcome<'provider'>> => {
  const change = (known: ServiceProvider | null): ServiceProvider =>
    known ? { ...known, area } : { account, name, area, phone: null, email: null, status: 'active' };
  return configure(deps, { what: 'provider', key: account, by, expected, change });
};

const fault = (field: string, message: string): Routed => ({ ok: false, is: 'faults', faults: [{ field, message }] });
