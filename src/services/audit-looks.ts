import { type Actor, SYSTEM } from '../domain/actor';
import type { AlarmKind } from '../domain/alarms';
import { isOpen } from '../domain/case';
import { who } from '../domain/case-words';
import { clockOfState } from '../domain/moves/restart-clock';
import { durationText } from '../domain/policy-text';
import { namedLane, namedWords } from '../domain/targets';
import { countOf } from '../domain/wording';
import { liveOwnerFor } from './live-owner';
import type { Finding, Look, Round } from './look';
import { moveCase } from './move-case';
import { pages } from './pages';
import type { CaseRecord, DueCase, LateDelivery } from './ports/cases';
import { stillBroken } from './proof/check-records';
import { stillApart } from './retention/clocks-apart';
import { setClocksRight } from './set-clocks-right';
import { sharedOutside } from './shared-outside';
import { tickCase } from './tick-cases';

const PAGE = 200;
/** More alarms of one kind would tell an admin nothing new; repairs are made anyway. */
const MOST_ALARMS = 100;
export const MINUTE = 60_000;

/** The tick does not work, or cannot move a case. */
const overdue: Look = async ({ deps, cutoff, grace, fault }) => {
  const late: DueCase[] = [];
  const stuck: Finding[] = [];
  for await (const page of pages<DueCase>(PAGE, (last) => deps.cases.due(cutoff, PAGE, last)))
    for (const due of page) {
      try {
        if (await tickCase(deps, due.id)) late.push(due);
      } catch (error) {
        fault('overdue', error);
        stuck.push({
          id: `overdue:${due.ref}`,
          kind: 'overdue',
          ref: due.ref,
          about: `${due.ref} should have notified someone more than ${grace} minutes ago and cannot be moved. Look for ${due.ref} in the log.`,
        });
      }
    }
  const [first] = late;
  if (!first) return stuck.slice(0, MOST_ALARMS);
  const about = `The reminders of ${countOf(late.length, 'case')} were more than ${grace} minutes late, ${first.ref} first. They are on their way now. If this continues, look in the log for the job "nudge".`;
  return [{ id: 'overdue', kind: 'overdue' as const, ref: first.ref, about }, ...stuck].slice(0, MOST_ALARMS);
};

/** An open case has no rung left: its clock does not run, or its ladder ended without an answer. */
const noNextStep: Look = async (round) => {
  const found: Finding[] = [];
  for await (const page of pages<CaseRecord>(PAGE, (last) => round.deps.cases.stalled(last?.id ?? null, PAGE)))
    for (const record of page) found.push(...(await stalledCase(round, record)));
  return found.slice(0, MOST_ALARMS);
};

async function stalledCase({ deps, now, cutoff }: Round, record: CaseRecord): Promise<Finding[]> {
  const { id, ref, clocks, hold, changedAt } = record;
  if (hold.is === 'snoozed' && hold.until > now) return [];
  const climbed = clocks.find(({ name }) => name === clockOfState(record.state));
  if (climbed) {
    if ((climbed.rungs.at(-1)?.at ?? climbed.dueAt) > cutoff || changedAt > cutoff) return [];
    const about = `No one on its ladder answered ${ref}. Talk to its owner or reassign it.`;
    return [{ id: `unanswered:${ref}`, kind: 'unanswered', ref, about }];
  }
  const moved = await moveCase(deps, { find: { id }, move: { type: 'restart_clock' }, by: SYSTEM, key: null });
  const about = `${ref} was open with no reminder set.`;
  const finding = (then: string): Finding => ({
    id: `no_next_step:${ref}`,
    kind: 'no_next_step',
    ref,
    about: `${about} ${then}`,
  });
  if (moved.ok) return moved.changed ? [finding('Its clock was started again.')] : [];
  const fresh = await deps.cases.byId(id);
  return fresh && isOpen(fresh) ? [finding(moved.reason)] : [];
}

/** Cases whose owner's account is deactivated, and cases without an owner, go to the person who answers next. */
const noOwner: Look = async (round) => {
  const { deps } = round;
  const found: Finding[] = [];
  for (const owner of await deps.cases.openOwners()) {
    if ((await deps.people.account(owner)).active) continue;
    found.push(...(await handOnAll(round, owner)));
  }
  for (const record of await deps.cases.ownerless(PAGE)) {
    const to = await handOn(round, record);
    const then = to ? `${who(to)} owns it now.` : 'There is no one it could go to: name an admin.';
    found.push({
      id: `no_owner:${record.ref}`,
      kind: 'no_owner',
      ref: record.ref,
      about: `${record.ref} had no owner. ${then}`,
    });
  }
  return found.slice(0, MOST_ALARMS);
};

async function handOnAll(round: Round, owner: Actor): Promise<Finding[]> {
  const moved = new Set<string>();
  let left: string[] = [];
  let page: readonly CaseRecord[] = [];
  let before = 0;
  do {
    before = moved.size;
    page = await round.deps.cases.openOf(owner, PAGE);
    left = [];
    for (const record of page) {
      if (await handOn(round, record)) moved.add(record.ref);
      else left.push(record.ref);
    }
  } while (page.length === PAGE && moved.size > before);
  const [first] = moved;
  const ref = left[0] ?? first;
  if (!ref) return [];
  const then = [
    first ? `${countOf(moved.size, 'open case')} went to the next in line, ${first} first.` : '',
    left.length ? `${countOf(left.length, 'open case')} could not be passed on, ${left[0]} first: reassign them.` : '',
  ];
  const about = [`${who(owner)} no longer uses their account.`, ...then].filter(Boolean).join(' ');
  return [{ id: `no_owner:${owner}`, kind: 'no_owner', ref, about }];
}

/** Hands a case to its next active owner; null if that was not possible. */
async function handOn({ deps, fault }: Round, record: CaseRecord): Promise<Actor | null> {
  const { id, ref, owner, seq } = record;
  try {
    const next = await liveOwnerFor(deps, record);
    if (!next || next.owner === owner) return null;
    // A summary is literal text: a mention in it would show as an id.
    const gone = owner ? 'Its owner no longer uses their account' : 'No one owned this case';
    const summary = `${gone}. The new owner is next in line: ${next.because}.`;
    const moved = await moveCase(deps, {
      find: { id },
      move: { type: 'reassign', area: null, owner: next.owner, summary },
      by: SYSTEM,
      key: `no_owner:${ref}:${seq}`,
    });
    return moved.ok ? next.owner : null;
  } catch (error) {
    fault('no_owner', error);
    return null;
  }
}

/**
 * Messages that should have arrived, by the channel or person they wait for. If Slack refuses everything, that is one
 * alarm, raised at once, however many channels wait.
 */
const undelivered: Look = async ({ deps, now, cutoff, grace }) => {
  const [waiting, blocked] = await Promise.all([deps.cases.undelivered(now, PAGE), deps.lanes.blocked()]);
  const refused = groups(waiting, ({ queue }) => blocked.get(queue) ?? null);
  const isLate = ({ queue, at }: LateDelivery) => at < cutoff && !blocked.has(queue);
  const late = groups(waiting.filter(isLate), ({ lane }) => lane);
  deps.onStored([...new Set(waiting.filter(isLate).map(({ queue }) => queue))]);
  const findings = [
    ...[...refused].map(([fault, those]): Finding => {
      const about = `Slack refuses messages with \`${fault}\`: ${countOf(those.length, 'message')} wait. ${REPAIRS[fault] ?? REPAIR} Nothing is lost: waiting messages go out within a minute after that.`;
      return { id: `slack_refuses:${fault}`, kind: 'slack_refuses', ref: null, about };
    }),
    ...[...late].map(([lane, those]): Finding => {
      const place = namedWords(namedLane(lane));
      const about = `${countOf(those.length, 'message')} for ${place} could not be sent for more than ${grace} minutes. They are tried again until they arrive; the log says what the answer was.`;
      return { id: `undelivered:${lane}`, kind: 'undelivered', ref: those[0]?.ref ?? null, about };
    }),
  ];
  return findings.slice(0, MOST_ALARMS);
};

const REPAIR = "Look at the Slack app's installation, its tokens and scopes.";
const ADMINS_OF_SLACK = 'The administrators of the workspace have to let the app post again.';
const REPAIRS: Readonly<Record<string, string>> = {
  ekm_access_denied: ADMINS_OF_SLACK,
  accesslimited: ADMINS_OF_SLACK,
  enterprise_is_restricted: ADMINS_OF_SLACK,
  team_access_not_granted: ADMINS_OF_SLACK,
  access_denied: ADMINS_OF_SLACK,
  two_factor_setup_required: 'The person who installed the app has to set up two-factor sign-in.',
  org_login_required: "The workspace's move to its organization has to be finished.",
  missing_scope: 'The app lacks a scope of its manifest: add it and reinstall the app.',
};

function groups<T, Key extends string>(items: readonly T[], by: (item: T) => Key | null): Map<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const item of items) {
    const key = by(item);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), item]);
  }
  return found;
}

/** Messages set aside after many failures, by case. */
const setAside: Look = async ({ deps }) => {
  const cases = await deps.desks.withDead(0, PAGE);
  return cases
    .flatMap(({ ref, outbox }): Finding[] => {
      const given = outbox.filter((delivery) => delivery.setAside && delivery.dead !== null);
      const [first] = given;
      if (!first) return [];
      const place = namedWords(namedLane(first.lane));
      const about = `${countOf(given.length, 'message')} of ${ref} for ${place} kept failing while others went out (\`${first.dead}\`), and are under *Failed messages*: try again there, or send them elsewhere.`;
      return [{ id: `set_aside:${ref}`, kind: 'set_aside', ref, about }];
    })
    .slice(0, MOST_ALARMS);
};

/** A clock that was ahead dated something in the future: nothing waits for that time. */
const fromTheFuture: Look = async ({ deps, now, fault }) => {
  const { cases, aheadMs } = await setClocksRight(deps, now, (error) => fault('clock', error));
  if (!cases) return [];
  const about = `${countOf(cases, 'case')} ${cases === 1 ? 'is' : 'are'} dated up to ${durationText(Math.ceil(aheadMs / MINUTE))} in the future: the clock of a machine that runs Warmline was wrong, or is. Their reminders count from now, and nothing waits. Sync the clock of every machine with NTP.`;
  return [{ id: 'clock', kind: 'clock', ref: null, about }];
};

/** Every look, with the kinds of alarm it may raise. */
export const LOOKS: readonly { readonly look: Look; readonly finds: readonly [AlarmKind, ...AlarmKind[]] }[] = [
  { look: overdue, finds: ['overdue'] },
  { look: noNextStep, finds: ['no_next_step', 'unanswered'] },
  { look: noOwner, finds: ['no_owner'] },
  { look: undelivered, finds: ['undelivered', 'slack_refuses'] },
  { look: setAside, finds: ['set_aside'] },
  { look: fromTheFuture, finds: ['clock'] },
  { look: ({ deps }) => sharedOutside(deps), finds: ['shared_outside'] },
  { look: stillApart, finds: ['clocks_apart'] },
  { look: stillBroken, finds: ['broken_record'] },
];
