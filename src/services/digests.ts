import type { Actor } from '../domain/actor';
import { type Cover, coverOf } from '../domain/cover';
import { adminDigest, areaDigest, type DigestDay, digestDay } from '../domain/digest';
import type { Area } from '../domain/directory';
import { dateOf, readDate } from '../domain/local-time';
import type { Policy } from '../domain/policy';
import { calendarOf } from '../domain/policy-time';
import { slackLane } from '../domain/targets';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** How many of each are read and counted. */
const MOST = 200;
/** How far back the very first digest looks for praise, and every digest for failed letters. */
const WEEK_MS = 7 * 24 * 60 * 60_000;
/** An area whose last digest is older than this is treated as if it never had one. */
const LOOK_BACK_DAYS = 31;

/**
 * Writes the digests that are owed now: one letter per person and time for the areas they answer for, and one for each
 * admin (domain section 8). An area's day is reported once, whoever answers for it and even if its zone changes: the
 * letter remembers which days it covers. An existing one costs one lookup. Returns how many it wrote.
 */
export async function writeDigests(deps: ServiceDeps): Promise<number> {
  const now = deps.now();
  const [policy, areas] = await Promise.all([deps.directory.policy(), deps.directory.areas()]);
  const owed = [...(await areasOwed(deps, policy, areas, now)), ...(await adminsOwed(deps, policy, now))];
  const known = await deps.letters.known(owed.map(({ id }) => id));
  let written = 0;
  for (const { id: usual, to, tells, write } of owed) {
    const id = known.has(usual) ? await another(deps, usual, tells) : usual;
    if (id && (await deps.letters.put({ id, to, about: null, at: now, content: await write() }, tells))) written++;
  }
  return written;
}

/** The id of a second letter of a day, for someone who answers for another area since the first; null: none is owed. */
async function another({ letters }: ServiceDeps, usual: string, tells: readonly string[]): Promise<string | null> {
  if (!tells.length) return null;
  const told = await letters.served(tells);
  const [first] = tells.filter((day) => !told.has(day));
  return first && told.size === 0 ? `${usual}:${first}` : null;
}

interface Owed {
  readonly id: string;
  readonly to: Actor;
  /** The areas' days that it covers. */
  readonly tells: readonly string[];
  readonly write: () => Promise<Parameters<ServiceDeps['letters']['put']>[0]['content']>;
}

/** A day of an area whose digest is owed. */
interface AreaDay {
  readonly area: Area;
  readonly day: DigestDay;
}

/** Everyone who answers for an area that is open today; what is due for someone at one time is one letter. */
async function areasOwed(
  deps: ServiceDeps,
  policy: Policy,
  areas: readonly Area[],
  now: Date,
): Promise<readonly Owed[]> {
  const together = new Map<string, { to: Actor; days: [AreaDay, ...AreaDay[]] }>();
  for (const one of await untold(deps, policy, areas, now)) {
    const to = await readerOf(deps, one.area, policy, now);
    if (!to) continue;
    const moment = `${to} ${one.day.date} ${+one.day.dueAt}`;
    together.set(moment, { to, days: [...(together.get(moment)?.days ?? []), one] as [AreaDay, ...AreaDay[]] });
  }
  return [...together.values()].map(({ to, days }) => ({
    id: `digest:${to}:${days[0].area.timeZone}:${days[0].day.date}`,
    to,
    tells: days.map(({ area, day }) => tells(area, day.date)),
    async write() {
      const digests = [];
      for (const { area, day } of days) {
        const since = (await lastTold(deps, area, day)) ?? new Date(+day.dueAt - WEEK_MS);
        const [open, praise] = await Promise.all([
          deps.reports.openIn(area.name),
          deps.reports.praiseIn(area.name, since),
        ]);
        digests.push(areaDigest(area.name, { open, praise }, to, { since, now, endsAt: day.endsAt }));
      }
      return { type: 'area_digests' as const, areas: digests };
    },
  }));
}

const tells = ({ name }: Area, date: string) => `digest:${name}:${date}`;

/** When an area's last digest before this day was written; null if that is further back than the limit. */
async function lastTold({ letters }: ServiceDeps, area: Area, { date }: DigestDay): Promise<Date | null> {
  const day = readDate(date) ?? 0;
  const days = Array.from({ length: LOOK_BACK_DAYS }, (_, i) => tells(area, dateOf(day - 1 - i)));
  const moments = [...(await letters.served(days)).values()];
  return moments.length ? new Date(Math.max(...moments.map(Number))) : null;
}

/** The open areas whose day is not reported yet, found without asking Slack about anyone. */
async function untold(
  deps: ServiceDeps,
  policy: Policy,
  areas: readonly Area[],
  now: Date,
): Promise<readonly AreaDay[]> {
  const due = areas.flatMap((area): AreaDay[] => {
    const day = digestDay(calendarOf(policy, area), policy.digests, now);
    return day ? [{ area, day }] : [];
  });
  if (!due.length) return [];
  const told = await deps.letters.served(due.map(({ area, day }) => tells(area, day.date)));
  return due.filter(({ area, day }) => !told.has(tells(area, day.date)));
}

/** Who answers for an area, first choice first: its Area Manager's cover, the Area Manager, the deputy. */
function inLine({ areaManager, deputy }: Area, covers: readonly Cover[], now: Date): readonly Actor[] {
  const cover = areaManager && coverOf(covers, areaManager, now)?.deputy;
  return [cover, areaManager, deputy].filter((id) => typeof id === 'string');
}

/** The first of these with an active account, else an admin. */
async function readerOf(deps: ServiceDeps, area: Area, policy: Policy, now: Date): Promise<Actor | null> {
  const [covers, { admins }] = await Promise.all([deps.covers.recent(), peopleOf(deps, policy)]);
  for (const id of [...inLine(area, covers, now), ...admins]) if ((await deps.people.account(id)).active) return id;
  return null;
}

async function adminsOwed(deps: ServiceDeps, policy: Policy, now: Date): Promise<readonly Owed[]> {
  const { reports, letters } = deps;
  const day = digestDay(calendarOf(policy, null), policy.digests, now);
  if (!day) return [];
  const { admins } = await peopleOf(deps, policy);
  return admins.map((to) => ({
    id: `digest:admin:${to}:${day.date}`,
    to,
    tells: [],
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
          .map(({ what, to: place, fault }) => ({ about: what, to: slackLane(place), fault })),
      ];
      return { type: 'admin_digest' as const, ...adminDigest({ unrouted, inReview, returned }, undelivered, to, MOST) };
    },
  }));
}
