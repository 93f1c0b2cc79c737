import { SYSTEM } from '../domain/actor';
import { MOST_AT_HAND } from '../domain/at-hand';
import type { CaseLink } from '../domain/case';
import { clockMaker } from '../domain/clocks';
import { open } from '../domain/decide';
import { KINDS, kindThat } from '../domain/kinds';
import { queuesOf } from '../domain/lane-queue';
import { firstMailbox } from '../domain/mailbox';
import type { EventBody } from '../domain/moves/declared';
import { proposalWords, stepsTaken } from '../domain/next-step';
import { causeWords, isWatched, type Pattern, patternsIn, raisedPrefix, watchedSince } from '../domain/patterns';
import { wasTold } from './confirm-filed';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';
import { outlook } from './preview-case';

const PAGE = 200;

/**
 * Looks at every SP with a new report since the last look, and raises what the repeat rules call for (domain section
 * 9); confirms reports by letter to reporters who were not told. A case is marked when it is stored, and the mark is
 * removed once both are done, so a crash in between loses nothing. Returns how many cases it raised. A failing SP is
 * reported, and the rest continue.
 */
export async function watchSps(deps: ServiceDeps, onFault: (account: string, error: unknown) => void): Promise<number> {
  const filed = await deps.reports.unwatched(PAGE);
  let raised = 0;
  for (const account of new Set(filed.map((one) => one.sp.account))) {
    try {
      const its = filed.filter((one) => one.sp.account === account);
      const done: string[] = [];
      for (const one of its) if (await wasTold(deps, one)) done.push(one.id);
      if (its.some(isWatched)) raised += await watchSp(deps, account);
      if (done.length) await deps.reports.watched(done);
    } catch (error) {
      onFault(account, error);
    }
  }
  return raised;
}

/** The same for one case, right after filing. `told`: whether its reporter is or will be told. Never rejects. */
export async function watchFiled(deps: ServiceDeps, filed: StoredCase, told: Promise<boolean>): Promise<void> {
  try {
    if (isWatched(filed)) await watchSp(deps, filed.sp.account);
  } catch (error) {
    if (await told) await deps.reports.told(filed.id);
    throw error;
  }
  if (await told) await deps.reports.watched([filed.id]);
}

/** Raises what the rules call for now about one SP, each once however many instances look at the same time. */
async function watchSp(deps: ServiceDeps, account: string): Promise<number> {
  const { directory, reports, now } = deps;
  const { repeat_rules: rules } = await directory.policy();
  if (!rules.length) return 0;
  const cases = await reports.watchedOf(account, watchedSince(rules, now()));
  // Cases raised earlier remove patterns, and add none.
  if (!patternsIn(account, rules, cases, [], now()).length) return 0;
  const raised = await reports.raisedFor(raisedPrefix(account));
  let count = 0;
  for (const pattern of patternsIn(account, rules, cases, raised, now()))
    if (await raise(deps, account, pattern)) count++;
  return count;
}

/** How many of an SP's newest cases are checked for earlier steps. */
const MOST_LOOKED_AT = 200;
/** The policy's next step and its reasons, in words. */
async function proposal({ cases, standings, directory, now }: ServiceDeps, account: string): Promise<string> {
  const [records, sp, { steps, time_zone: timeZone }] = await Promise.all([
    cases.bySp(account, MOST_LOOKED_AT),
    standings.of(account),
    directory.policy(),
  ]);
  return proposalWords(steps, stepsTaken(records, sp, now()), timeZone);
}

const RAISED = kindThat(({ raised }) => raised);

/** Raises a case of that kind, directly for someone who answers for it. */
async function raise(deps: ServiceDeps, account: string, { id, why, causes }: Pattern): Promise<boolean> {
  const { cases, references, onStored } = deps;
  const raised = RAISED && KINDS[RAISED].raised;
  if (!raised || (await cases.byId(id))) return false;
  const [{ provider, area, policy, route }, ref] = await Promise.all([
    outlook(deps, RAISED, account, null, raised.route),
    references.next(RAISED),
  ]);
  if (!route) throw new Error('No one is set up to receive cases yet: set a fallback channel in the policy.');
  const now = deps.now();
  const named = causes.slice(0, MOST_AT_HAND.links);
  const links = named.map((cause): CaseLink => ({ ref: cause.ref, relation: 'cause' }));
  const others = causes.length > named.length ? ` and ${causes.length - named.length} more` : '';
  const content = raised.filed(
    account,
    why,
    `${named.map(causeWords).join(', ')}${others}`,
    await proposal(deps, account),
  );
  const acknowledge = clockMaker(policy, area, RAISED, content.severity)('acknowledge', now);
  const filed: EventBody & { type: 'filed' } = {
    type: 'filed',
    data: {
      ref,
      ...content,
      kind: RAISED,
      reporter: SYSTEM,
      sp: { account, name: provider?.name ?? null },
      sj: '',
      source: null,
      marks: [],
      subjects: [],
      links,
    },
  };
  const { area: name, owner, unrouted, destinations } = route;
  const routed: EventBody & { type: 'routed' } = {
    type: 'routed',
    data: { state: 'open', area: name, owner, unrouted, clocks: acknowledge ? [acknowledge] : [] },
  };
  const { events, facts } = open(filed, routed, now, id);
  const stored: StoredCase = { id, version: 1, ...facts, events, ...firstMailbox(ref, destinations, now) };
  if ((await cases.insert(stored)) === 'exists') return false;
  onStored(queuesOf(stored));
  deps.onChanged(stored, null, SYSTEM);
  return true;
}
