import { CASE_KINDS } from '../../domain/kinds';
import type { Unpost } from '../../domain/mailbox';
import { AGED, type Aged, keptSpans, type Policy } from '../../domain/policy';
import type { SpHold } from '../../domain/sp-hold';
import type { ServiceDeps } from '../deps';
import { pages } from '../pages';
import type { Due, Ended, Leftover, Unfinished } from '../ports/retention';
import { clocksApart } from './clocks-apart';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
/** How much is read or deleted at once, and in one run; the rest waits for the next. */
const [BATCH, MOST] = [50, 500];
/** People come first: between two batches, it waits at most this long while someone waits for an answer, ms. */
const GIVES_WAY_MS = 2_000;
/** How many SPs on hold are read at once. */
const HOLDS = 1_000;
/** Slack allows about 50 deletions a minute, and people come first. */
const MOST_PLACES = 30;
/** The pause between two tries at Slack, which doubles: ten minutes to a day. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [10 * MINUTE_MS, DAY_MS];
/** After this many refusals, Slack is no longer asked every day; the card stays in the list of what is left. */
const MOST_TRIES = 30;

export interface Purged extends Readonly<Record<string, number>> {
  readonly cases: number;
  readonly held: number;
  readonly held_by_sp: number;
  readonly posts: number;
  readonly refused: number;
}

type PurgeDeps = Pick<ServiceDeps, 'retention' | 'directory' | 'holds' | 'now' | 'slackNow' | 'alarms'> & {
  readonly unpost: Unpost;
  readonly givesWay: (patienceMs: number) => Promise<void>;
  readonly onFault: (ref: string, error: unknown) => void;
  /** Slack's clock could not be read, or the alarm could not be raised. */
  readonly onHindered: (error: unknown) => void;
};

/**
 * Deletes what has been kept as long as the policy says (domain section 10). Each step is small and can be repeated, so
 * any number of instances may run it, and a crash leaves the rest to the next run. Returns how much was deleted and
 * what was not: cases on legal hold, those of SPs on legal hold, and messages that Slack refuses to delete. Nothing is
 * deleted while this machine's clock and Slack's differ: a clock years ahead would delete everything.
 */
export async function purge(deps: PurgeDeps): Promise<Purged> {
  const { retention } = deps;
  const hindered = await hindrance(deps);
  if (hindered) return { ...NOTHING, ...hindered };
  const cases = await purgeCases(deps);
  await clearBuried(deps);
  const posts = await takeDown(deps);
  return { ...cases, posts, refused: await retention.refused(MOST), ...(await purgeAged(deps)) };
}

const NOTHING: Purged = { cases: 0, held: 0, held_by_sp: 0, posts: 0, refused: 0 };

/** Why nothing may be deleted now: this machine's clock may be wrong, or that is unknown. */
async function hindrance(deps: PurgeDeps): Promise<Readonly<Record<string, number>> | null> {
  try {
    const apart = await clocksApart(deps);
    if (!apart) return null;
    await deps.alarms.raise({ ...apart, since: deps.now() });
    return { clocks_apart: 1 };
  } catch (error) {
    deps.onHindered(error);
    return { postponed: 1 };
  }
}

async function purgeCases(deps: PurgeDeps) {
  const { retention, directory, now } = deps;
  const [policy, at] = [await directory.policy(), now()];
  let [cases, held, heldBySp] = [0, 0, 0];
  const heldSps = await everyHeld(deps);
  for (const kind of CASE_KINDS) {
    for (const { days, severities } of keptSpans(policy, kind)) {
      const ended = { kind, severities, before: new Date(+at - days * DAY_MS), heldSps };
      held += await retention.held(ended, MOST);
      heldBySp += await retention.heldBySp(ended, MOST);
      cases += await buryEnded(deps, ended, MOST - cases);
    }
  }
  return { cases, held, held_by_sp: heldBySp };
}

/** The accounts of all SPs on legal hold. */
async function everyHeld({ holds }: Pick<PurgeDeps, 'holds'>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of pages<SpHold>(HOLDS, (last) => holds.page(last?.account ?? null, HOLDS)))
    all.push(...page.map(({ account }) => account));
  return all;
}

/** Buries about `most` cases whose time is over; returns how many. */
async function buryEnded(deps: PurgeDeps, ended: Ended, most: number): Promise<number> {
  const { retention, now, onFault } = deps;
  let cases = 0;
  let beyond: Due | null = null;
  while (cases < most) {
    await deps.givesWay(GIVES_WAY_MS);
    const due: readonly Due[] = await retention.due(ended, BATCH, beyond);
    try {
      if (due.length)
        cases += await retention.bury(
          due.map(({ id }) => id),
          now(),
          // An SP may have been put on hold since the run began.
          await everyHeld(deps),
        );
    } catch (error) {
      onFault(namesOf(due), error);
    }
    beyond = due.at(-1) ?? null;
    if (due.length < BATCH) break;
  }
  return cases;
}

const namesOf = (cases: readonly { readonly ref: string }[]) => cases.map(({ ref }) => ref).join(', ');

/** Deletes what the database still has of buried cases. */
async function clearBuried({ retention, onFault, givesWay }: PurgeDeps): Promise<void> {
  for (let done = 0; done < 2 * MOST; done += BATCH) {
    await givesWay(GIVES_WAY_MS);
    const buried = await retention.uncleared(BATCH);
    try {
      if (buried.length) await retention.clear(buried);
    } catch (error) {
      onFault(namesOf(buried), error);
      return;
    }
    if (buried.length < BATCH) return;
  }
}

/** Deletes the cards of deleted cases in Slack, and their other messages; returns how many. */
async function takeDown({ retention, unpost, now, onFault }: PurgeDeps): Promise<number> {
  let [posts, tried] = [0, 0];
  for (const tombstone of await retention.standing(now(), MOST_PLACES)) {
    if (tried >= MOST_PLACES) break;
    tried += tombstone.leftovers.length;
    try {
      posts += await takeAllDown(retention, tombstone, unpost, now());
    } catch (error) {
      onFault(tombstone.ref, error);
    }
  }
  return posts;
}

async function takeAllDown(
  retention: ServiceDeps['retention'],
  { id, leftovers }: Unfinished,
  unpost: Unpost,
  now: Date,
): Promise<number> {
  const left: Leftover[] = [];
  for (const { channel, ts, tries } of leftovers) {
    const fault = await unpost({ channel, ts }).catch((error: unknown) => String(error));
    if (fault !== null) left.push({ channel, ts, tries: tries + 1, fault });
  }
  const tries = Math.max(0, ...left.map((one) => one.tries));
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  await retention.keepLeftovers(id, left, left.length && tries < MOST_TRIES ? new Date(+now + waitMs) : null);
  return leftovers.length - left.length;
}

/**
 * A letter that is sent has no content anymore; that it was sent is kept for this long at least, so that none is sent
 * twice: a weekly report is owed for a week, and what people wrote is read again for two.
 */
const SENT_DAYS = 15;
const daysOf = ({ retention }: Policy, what: Aged): number =>
  what === 'letters' ? Math.max(SENT_DAYS, retention.letters) : retention[what];

async function purgeAged({ retention, directory, now }: PurgeDeps): Promise<Readonly<Record<Aged, number>>> {
  const [policy, at] = [await directory.policy(), now()];
  const gone = new Map<Aged, number>();
  for (const what of AGED)
    gone.set(what, await retention.drop(what, new Date(+at - daysOf(policy, what) * DAY_MS), MOST));
  return Object.fromEntries(gone) as Record<Aged, number>;
}
