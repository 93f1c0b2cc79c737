import { belongsToArea, isRestricted, RESPONSE } from './access';
import type { Actor } from './actor';
import type { ClockName, RungTarget } from './allowance';
import type { CaseFacts } from './case';
import { type Cover, coverOf, inForce } from './cover';
import type { Area } from './directory';
import { DEFAULT_PREFERENCES, type Preferences, quietUntil } from './preferences';
import type { Severity } from './severity';
import { type Lane, rungOf, slackLane } from './targets';
import { MOST_CALLED } from './targets/user-group';

/** What is known about the people that a rung may reach when it fires. */
export interface Knowledge {
  readonly now: Date;
  readonly area: Pick<Area, 'areaManager' | 'deputy' | 'manager'> | null;
  readonly leadership: string | null;
  /** Channels that a subject of the case reads: a rung that leads there tells the admins instead. */
  readonly shut?: readonly string[];
  /** People whose role answers for a case without an area. */
  readonly roleHolders: readonly Actor[];
  readonly admins: readonly Actor[];
  /** People who may give a second approval in this case, whoever asks for it. */
  readonly approvers: readonly Actor[];
  readonly groups: ReadonlyMap<string, readonly Actor[]>;
  readonly covers: readonly Cover[];
  /** People with a deactivated Slack account. */
  readonly gone: ReadonlySet<Actor>;
  readonly habits: ReadonlyMap<Actor, Habits>;
  /** Severities at which quiet hours and preferences do not count. */
  readonly bypass: readonly Severity[];
}

/** How someone wants to be told, and their time zone. */
export interface Habits {
  readonly preferences: Preferences;
  readonly timeZone: string;
}

/** How a rung tells people. It always tells someone: if there is not even an admin, the line in the thread remains. */
export interface Told {
  /** Whom the thread line names; null: no line. */
  readonly line: readonly Actor[] | null;
  /** `at` is in the future during quiet hours. `acts`: they answer for the case; others are only informed. `outside`: they may not read it. */
  readonly dms: readonly {
    readonly to: Actor;
    readonly at: Date;
    readonly acts: boolean;
    readonly outside?: true;
  }[];
  /** Other places that are told: another channel, a mailbox. */
  readonly places: readonly Lane[];
}

/** The facts that decide who is reached. */
export type Subject = Pick<CaseFacts, 'kind' | 'owner' | 'reporter' | 'subjects' | 'severity'> &
  Partial<Pick<CaseFacts, 'approval' | 'appeal'>>;

/**
 * Whom a rung of this clock reaches now, and how (domain sections 7 and 8). An absent person is reached through their
 * cover, a deactivated one through the next in line, and no one is told about a report of which they are the subject.
 */
export function reach(to: RungTarget, clock: ClockName, subject: Subject, all: Knowledge): Told {
  const known = clock === 'review' || clock === 'answer' ? reviewing(all) : all;
  const asksReporter = clock === 'police_number' || (clock === 'answer' && to === 'owner');
  const reporter = asksReporter ? present(subject.reporter, subject, known) : null;
  if (reporter) return byDm([reporter], subject, known);
  const places = placesOf(to, subject, known).filter((lane) => !known.shut?.includes(lane));
  if (places.length) return { line: null, dms: [], places };
  const approving = clock === 'approval' ? mayApprove(subject, known) : [];
  if (clock === 'approval' && (to === 'thread' || to === 'owner'))
    return approving.length
      ? told({ to, clock }, approving, subject, known)
      : byDm(reachable(known.admins, subject, known), subject, known, false);
  const named = peopleOf(to, subject, known);
  const people = named.length ? named : reachable(known.admins, subject, known);
  if (to === 'thread' || to === 'owner') return told({ to, clock }, people, subject, known);
  const acts = clock === 'approval' ? people.some((id) => approving.includes(id)) : to === 'deputy' || !named.length;
  return byDm(people, subject, known, acts);
}

/** Before it is reviewed, a case is the Admin team's: its area's people, and covers outside of that team, cannot act. */
const reviewing = (known: Knowledge): Knowledge => ({
  ...known,
  area: null,
  covers: known.covers.filter(({ deputy }) => known.admins.includes(deputy)),
});

/**
 * People who may approve an outcome now: not its subjects, not the person who asks, and for an appeal no one who made
 * the first decision. Covers do not count.
 */
export const mayApprove = (
  { subjects, approval, appeal }: Pick<Subject, 'subjects' | 'approval' | 'appeal'>,
  { approvers, gone }: Pick<Knowledge, 'approvers' | 'gone'>,
): readonly Actor[] =>
  approvers.filter(
    (id) => id !== approval?.by && !subjects.includes(id) && !gone.has(id) && !appeal?.decidedBy.includes(id),
  );

/** The person who answers for the case now: its owner or their cover, else the next in line, else the admins. */
export function onDuty(subject: Subject, known: Knowledge): readonly Actor[] {
  const [first] = reachable(answerable(subject, known), subject, known);
  return first ? [first] : reachable(known.admins, subject, known);
}

/** People who answer for a case, its owner first. */
export function answerable({ kind, owner }: Pick<Subject, 'kind' | 'owner'>, { area, roleHolders }: InLine): Actor[] {
  const line = belongsToArea(kind) ? [owner, area?.areaManager, area?.deputy] : [owner, ...roleHolders];
  return [...new Set(line.filter((id) => typeof id === 'string'))];
}
type InLine = Pick<Knowledge, 'area' | 'roleHolders'>;

/** Everyone whom these rungs might reach, to look up. Without their covers. */
export function candidates(targets: readonly RungTarget[], subject: Subject, known: InLine & Groups): Actor[] {
  const of = (to: RungTarget): readonly (Actor | null | undefined)[] =>
    to === 'manager' ? [known.area?.manager] : (rungOf(to)?.people(to, known.groups) ?? []);
  const people = [
    subject.reporter,
    ...answerable(subject, known),
    ...targets.flatMap(of),
    ...known.admins,
    ...known.approvers,
  ];
  return [...new Set(people.filter((id) => typeof id === 'string'))];
}
type Groups = Pick<Knowledge, 'groups' | 'admins' | 'approvers'>;

/** What is for the manager goes to leadership if there is none, and if the case has no area. */
function placesOf(to: RungTarget, subject: Subject, known: Knowledge): readonly Lane[] {
  const leadership = known.leadership ? [slackLane(known.leadership)] : [];
  if (to === 'leadership') return leadership;
  if (to === 'manager') return peopleOf(to, subject, known).length ? [] : leadership;
  const reaches = reachesOf(to, subject, known);
  return reaches && 'lanes' in reaches ? reaches.lanes : [];
}

/** Where a rung's target leads; null if it names someone by their relation to the case. */
const reachesOf = (to: RungTarget, subject: Subject, known: Knowledge) =>
  rungOf(to)?.reaches(to, { onDuty: onDuty(subject, known), groups: known.groups }) ?? null;

function peopleOf(to: RungTarget, subject: Subject, known: Knowledge): readonly Actor[] {
  const { area } = known;
  const ofArea = belongsToArea(subject.kind);
  if (to === 'thread' || to === 'owner') return onDuty(subject, known);
  if (to === 'deputy') {
    const others = ofArea ? [area?.deputy] : known.roleHolders.filter((id) => id !== subject.owner);
    return reachable(others, subject, known).slice(0, 1);
  }
  if (to === 'manager') return ofArea ? reachable([area?.manager], subject, known) : [];
  const reaches = reachesOf(to, subject, known);
  return reaches && 'people' in reaches ? reachable(reaches.people, subject, known).slice(0, MOST_CALLED) : [];
}

/** These people, or their covers, if they can be told. */
const reachable = (people: readonly (Actor | null | undefined)[], subject: Subject, known: Knowledge): Actor[] => [
  ...new Set(people.map((id) => (id ? present(id, subject, known) : null)).filter((id) => id !== null)),
];

/**
 * The person's cover, else the person, unless neither is present or it is about them. If quiet hours delay it, the cover
 * at their end counts.
 */
function present(id: Actor, subject: Subject, known: Knowledge): Actor | null {
  const { covers, gone, now } = known;
  const stand = [now, freeAt(id, subject, known)]
    .flatMap((at) => coverOf(covers, id, at) ?? [])
    .find((cover) => inForce(cover, freeAt(cover.deputy, subject, known)))?.deputy;
  return [stand, id].find((one): one is Actor => !!one && !gone.has(one) && !subject.subjects.includes(one)) ?? null;
}

/** When someone may be told: later during quiet hours. */
function freeAt(id: Actor, subject: Subject, { now, habits, bypass }: Knowledge): Date {
  const { preferences, timeZone } = habits.get(id) ?? { preferences: DEFAULT_PREFERENCES, timeZone: 'UTC' };
  if (!preferences.quiet || bypass.includes(subject.severity)) return now;
  return quietUntil(preferences.quiet, timeZone, now) ?? now;
}

/** People who hear of a need-to-know case without a role that reads it; those who approve its outcomes have one. */
const outside = (
  id: Actor,
  { kind, owner, reporter }: Subject,
  { approvers }: Knowledge,
): { readonly outside?: true } =>
  !isRestricted(kind) || id === reporter || approvers.includes(id) || (id === owner && !belongsToArea(kind))
    ? {}
    : { outside: true };

const byDm = (people: readonly Actor[], subject: Subject, known: Knowledge, acts = true): Told => ({
  line: people.length ? null : [],
  dms: people.map((to) => ({ to, at: freeAt(to, subject, known), acts, ...outside(to, subject, known) })),
  places: [],
});

/**
 * Names the person on duty in the thread or sends a DM, as the rung says or as they chose. In quiet hours, a DM when
 * they end. A substitute for the owner may not be in the channel, so they also get a DM.
 */
function told(
  { to, clock }: { readonly to: 'thread' | 'owner'; readonly clock: ClockName },
  people: readonly Actor[],
  subject: Subject,
  known: Knowledge,
): Told {
  const one = (id: Actor) => {
    const at = freeAt(id, subject, known);
    const chosen = known.bypass.includes(subject.severity) ? 'both' : (known.habits.get(id)?.preferences.by ?? 'both');
    const standsIn = id !== subject.owner;
    // Its line is only in threads that they do not read.
    const isUnseen = outside(id, subject, known).outside === true && !RESPONSE.includes(clock);
    const aloud = !isUnseen && (to === 'thread' ? chosen !== 'dm' : chosen === 'mention' && !standsIn);
    return { id, at, aloud: aloud && at <= known.now, byDm: !aloud || standsIn || at > known.now };
  };
  const ways = people.map(one);
  const named = ways.filter(({ aloud }) => aloud).map(({ id }) => id);
  return {
    line: to === 'thread' || named.length || !people.length ? named : null,
    dms: ways
      .filter((way) => way.byDm)
      .map(({ id, at }) => ({ to: id, at, acts: true, ...outside(id, subject, known) })),
    places: [],
  };
}
