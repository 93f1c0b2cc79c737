import { belongsToArea, mayAct } from '../domain/access';
import { type Actor, SYSTEM } from '../domain/actor';
import { clockMaker, clockResumer } from '../domain/clocks';
import { decide } from '../domain/decide';
import type { Area } from '../domain/directory';
import { queuesOf } from '../domain/lane-queue';
import { inTime, mailboxOf } from '../domain/mailbox';
import { mayMove, notYours, refusedTo } from '../domain/may-move';
import { withMessages } from '../domain/messages';
import { changesOf, definitionOf, moveLabel } from '../domain/move';
import type { Context } from '../domain/moves/context';
import type { Move } from '../domain/moves/declared';
import { maskMove, type PersonalDatum } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';
import { recalled } from './recalled';
import { reachOf } from './recipients';
import { leadershipFor } from './shut-channels';
import { areaOf, personOf } from './standing';
import { storedAfter } from './stored-after';

export interface MoveRequest {
  /** `read`: the case as just read for this move; it is read again if someone else was faster. */
  readonly find: { readonly id: string } | { readonly ref: string } | { readonly read: StoredCase };
  readonly move: Move;
  /** A Slack user id, or `SYSTEM` for a job. */
  readonly by: Actor;
  /** What caused it (a view id, an action's ts, a message's ts): repeating it changes nothing. Null: repeatable. */
  readonly key: string | null;
  /** For a move that answers a request: the one on screen. */
  readonly shown?: string;
}

export type Moved =
  | {
      readonly ok: true;
      readonly stored: StoredCase;
      readonly changed: boolean;
      /** What was masked in its texts, to tell the person. */
      readonly masked: readonly PersonalDatum[];
    }
  | { readonly ok: false; readonly reason: string };

/** More lost races in a row are a fault. */
const MOST_TRIES = 20;

/**
 * Makes one move on a case: fresh read, decision, one versioned write; a lost race is decided again from a fresh read.
 * Card numbers and SSNs in its texts are masked first (domain section 10). Refuses, in words, what the state or the
 * person's role does not allow. Rejects if the store is unreachable.
 */
export async function moveCase(deps: ServiceDeps, request: MoveRequest): Promise<Moved> {
  const { find, by, key, shown } = request;
  const { move, masked } = maskMove(request.move);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const based = await foundBy(deps, tries > 0 && 'read' in find ? { id: find.read.id } : find);
    if (!based) return { ok: false, reason: 'This case is no longer in the records.' };
    if (key && (await deps.history.hasKey(based, key))) return { ok: true, stored: based, changed: false, masked };

    const [policy, area, person] = await Promise.all([
      deps.directory.policy(),
      areaOf(deps, based.area),
      personOf(deps, by, [based]),
    ]);
    if (by !== SYSTEM && !mayMove(move.type, based, person, area))
      return { ok: false, reason: notYours(based, move.type, area) };
    const changes = changesOf(move, based);
    const target = changes.area ? await deps.directory.area(changes.area) : area;
    const now = deps.now();
    const people = definitionOf(move.type).calls ? await reachOf(deps, based, { policy, area, now }) : null;
    const context: Context = {
      actor: by,
      now,
      key,
      ...(shown ? { shown } : {}),
      mayAct: by === SYSTEM || mayAct(based, person, area),
      ...(by === SYSTEM ? {} : refusedTo(based, person, area, now)),
      clock: clockMaker(policy, target, based.kind, changes.severity ?? based.severity),
      resume: clockResumer(policy, target),
      ...(people ? { deferral: people.deferral, approvers: people.approvers, keepers: people.keepers } : {}),
      ...(await recalled(deps, based, move)),
    };
    const decision = decide(based, move, context);
    if (!decision.ok) return { ok: false, reason: decision.reason };
    if (!decision.events.length) return { ok: true, stored: based, changed: false, masked };

    const { facts, events } = decision;
    const caused = withMessages(facts, events, mailboxOf(based), {
      moveTo: changes.area === undefined ? null : newHome(based, target),
      leadership: await leadershipFor(deps, facts, policy),
      beside: policy.sent_to_manager,
      people,
    });
    const mailbox = inTime(caused, now);
    if (await deps.cases.save(based, { facts, events, mailbox })) {
      deps.onStored(queuesOf(mailbox));
      const stored = storedAfter(based, { facts, events, mailbox });
      deps.onChanged(stored, based, by);
      return { ok: true, stored, changed: true, masked };
    }
  }
  throw new Error(`The case changed ${MOST_TRIES} times while "${moveLabel(move.type)}" was being stored.`);
}

/** The case that a move is asked for. */
export async function foundBy({ cases }: ServiceDeps, find: MoveRequest['find']): Promise<StoredCase | null> {
  if ('read' in find) return find.read;
  return 'id' in find ? cases.byId(find.id) : cases.byRef(find.ref);
}

/** The channel a case moves to when it is handed to an area, if that has one; a kind without areas does not move. */
const newHome = ({ kind }: StoredCase, area: Area | null) =>
  belongsToArea(kind) && area?.channel
    ? { channel: area.channel, fallback: area.fallbackChannel ?? area.channel }
    : null;
