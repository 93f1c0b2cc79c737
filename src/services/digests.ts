import type { Actor } from '../domain/case';
import { type Cover, coverOf } from '../domain/cover';
import { adminDigest, areaDigest, type DigestDay, digestDay } from '../domain/digest';
import type { Area } from '../domain/directory';
import { calendarOf, type Policy } from '../domain/policy';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** At most so many of each are read and counted. */
const MOST = 200;
/** How far back the first digest of all looks for praise, and every one for letters that failed. */
const WEEK_MS = 7 * 24 * 60 * 60_000;

/**
 * Writes the digests that are owed now: one letter a person, day and time zone for the areas they answer for, and one
 * for each admin (domain section 8). A digest that is written already costs one look by its id. Gives how many it wrote.
 */
export async function writeDigests(deps: ServiceDeps): Promise<number> {
  const [policy, areas] = await Promise.all([deps.directory.policy(), deps.directory.areas()]);
  const owed = [...(await areasOwed(deps, policy, areas)), ...(await adminsOwed(deps, policy))];
  const known = await deps.letters.known(owed.map(({ id }) => id));
  const missing = owed.filter(({ id }) => !known.has(id));
  for (const { id, to, day, write } of missing)
    await deps.letters.put({ id, to, about: null, at: day.dueAt, content: await write() });
  return missing.length;
}

interface Owed {
  readonly id: string;
  readonly to: Actor;
  readonly day: DigestDay;
  readonly write: () => Promise<Parameters<ServiceDeps['letters']['put']>[0]['content']>;
}

/** Everybody who answers for an area that is at work today; areas of one zone share a letter. */
async function areasOwed(deps: ServiceDeps, policy: Policy, areas: readonly Area[]): Promise<readonly Owed[]> {
  const now = deps.now();
  const owed = new Map<string, { to: Actor; day: DigestDay; prefix: string; areas: Area[] }>();
  for (const { area, day } of await unserved(deps, policy, areas)) {
    const to = await readerOf(deps, area, policy);
    if (!to) continue;
    const id = digestId(to, area, day);
    const letter = owed.get(id) ?? { to, day, prefix: digestId(to, area), areas: [] };
    owed.set(id, { ...letter, areas: [...letter.areas, area] });
  }
  return [...owed].map(([id, { to, day, prefix, areas: theirs }]) => ({
    id,
    to,
    day,
    async write() {
      const last = await deps.letters.latest(prefix, id);
      const since = last ?? new Date(+day.dueAt - WEEK_MS);
      const digests = [];
      for (const { name } of theirs) {
        const [open, praise] = await Promise.all([deps.reports.openIn(name), deps.reports.praiseIn(name, since)]);
        digests.push(areaDigest(name, { open, praise }, to, { now, endsAt: day.endsAt }));
      }
      return { type: 'area_digests' as const, areas: digests };
    },
  }));
}

const digestId = (to: Actor, { timeZone }: Area, day?: DigestDay) => `digest:${to}:${timeZone}:${day?.date ?? ''}`;

/** The areas at work today whose digest is not known to be written: found without asking Slack about anybody. */
async function unserved(deps: ServiceDeps, policy: Policy, areas: readonly Area[]) {
  const due = areas.flatMap((area) => {
    const day = digestDay(calendarOf(policy, area), policy.digests, deps.now());
    return day ? [{ area, day }] : [];
  });
  if (!due.length) return [];
  const covers = await deps.covers.recent();
  const expected = due.map(({ area, day }) => {
    const [first] = inLine(area, covers, deps.now());
    return first ? digestId(first, area, day) : '';
  });
  const known = await deps.letters.known(expected);
  return due.filter((_one, i) => !known.has(expected[i] ?? ''));
}

/** Who answers for an area, first choice first: whoever covers for its Area Manager, they themselves, the deputy. */
function inLine({ areaManager, deputy }: Area, covers: readonly Cover[], now: Date): readonly Actor[] {
  const cover = areaManager && coverOf(covers, areaManager, now)?.deputy;
  return [cover, areaManager, deputy].filter((id) => typeof id === 'string');
}

/** The first in line whose account is in use, else an admin. */
async function readerOf(deps: ServiceDeps, area: Area, policy: Policy): Promise<Actor | null> {
  const [covers, { admins }] = await Promise.all([deps.covers.recent(), peopleOf(deps, policy)]);
  for (const id of [...inLine(area, covers, deps.now()), ...admins])
    if ((await deps.people.account(id)).active) return id;
  return null;
}

async function adminsOwed(deps: ServiceDeps, policy: Policy): Promise<readonly Owed[]> {
  const { reports, letters } = deps;
  const day = digestDay(calendarOf(policy, null), policy.digests, deps.now());
  if (!day) return [];
  const { admins } = await peopleOf(deps, policy);
  return admins.map((to) => ({
    id: `digest:admin:${to}:${day.date}`,
    to,
    day,
    async write() {
      const [unrouted, inReview, returned, dead, failed] = await Promise.all([
        reports.unrouted(MOST),
        reports.inState('in_review', MOST),
        reports.inState('returned', MOST),
        reports.dead(MOST),
        letters.failed(MOST),
      ]);
      const undelivered = [
        ...dead
          .filter(({ subjects }) => !subjects.includes(to))
          .map(({ ref, to: place, fault }) => ({ about: ref, to: place, fault })),
        ...failed
          .filter(({ failedAt }) => +failedAt > +day.dueAt - WEEK_MS)
          .map(({ what, to: place, fault }) => ({ about: what, to: place, fault })),
      ];
      return { type: 'admin_digest' as const, ...adminDigest({ unrouted, inReview, returned }, undelivered, to) };
    },
  }));
}
