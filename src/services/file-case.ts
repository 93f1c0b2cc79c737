import type { Actor } from '../domain/actor';
import type { CaseFacts, CaseLink, MessageSource } from '../domain/case';
import { clockMaker, clockResumer, firstClocks } from '../domain/clocks';
import { decide, open } from '../domain/decide';
import { answerHolding, check, filesOf } from '../domain/forms/engine';
import type { Answers, Derived, Fault, Form } from '../domain/forms/form';
import { withNumbers } from '../domain/forms/with-numbers';
import { queuesOf } from '../domain/lane-queue';
import { firstMailbox } from '../domain/mailbox';
import { withMessages } from '../domain/messages';
import type { Context } from '../domain/moves/context';
import type { EventBody, Move } from '../domain/moves/declared';
import { maskAnswers, type PersonalDatum } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import { keepAsNote } from './keep-as-note';
import { type FormerForms, linkBack, linksTo } from './linked-forms';
import { momentFaults } from './moment-faults';
import { numbersFor } from './numbers';
import type { Change, StoredCase } from './ports/cases';
import { outlook } from './preview-case';
import { procedureOf, withSupplied } from './procedures';
import { takerFaults } from './stranger';

export interface Submission {
  /** The view id: repeating the submission stores nothing twice. */
  readonly id: string;
  /** An earlier window with the same draft whose result is unknown: this repeats that submission. */
  readonly earlier?: string | undefined;
  readonly form: Form;
  readonly answers: Answers;
  readonly reporter: Actor;
  readonly source: MessageSource | null;
  /** Related cases, e.g. the report it continues. */
  readonly links?: readonly CaseLink[];
  /** Related forms, filed or not. */
  readonly forms?: FormerForms;
}

export type Filed =
  | {
      readonly ok: true;
      readonly stored: StoredCase;
      readonly masked: readonly PersonalDatum[];
      /** Whether an earlier submission filed it, and differences were kept as a note. */
      readonly already: 'no' | 'same' | 'corrected';
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Files a report: checks the answers, routes it and stores the case with its messages in one write (domain sections 2
 * and 3, architecture section 3). Card numbers and SSNs are masked first (10). Rejects if the store is unreachable;
 * nothing is stored then.
 */
export async function fileCase(deps: ServiceDeps, submission: Submission): Promise<Filed> {
  const { form, reporter } = submission;
  const id = submission.earlier ?? submission.id;
  const complete = await withSupplied(deps, form, submission.answers);
  const { answers: given, masked } = maskAnswers(form, complete.answers);
  const [catalogue, numbers] = await Promise.all([deps.directory.catalogue(), numbersFor(deps)]);
  const checked = check(withNumbers(form, numbers), given, catalogue);
  if (!checked.ok) return checked;
  const { answers } = checked;
  const unkept = (
    await Promise.all([momentFaults(deps, form, answers, reporter), takerFaults(deps, form, answers)])
  ).flat();
  if (unkept.length > 0) return { ok: false, faults: unkept };
  const appealed = await appealOf(deps, form, answers);
  if ('fault' in appealed) return { ok: false, faults: [appealed.fault] };
  const { appeal } = appealed;
  const links: CaseLink[] = appeal ? [{ ref: appeal.ref, relation: 'related' }] : [];
  const report = { ...submission, id, answers, links: [...(submission.links ?? []), ...links] };
  const stored = await opened(deps, report, checked.derived, appeal);
  if (!stored) return { ok: false, faults: [{ question: form.spQuestion, message: NOT_SET_UP }] };

  if ((await deps.cases.insert(stored, { masked })) === 'inserted') {
    deps.onStored(queuesOf(stored));
    deps.onChanged(stored, null, reporter);
    await linkBack(deps, stored, submission.forms);
    return { ok: true, stored, masked, already: 'no' };
  }
  const before = await deps.cases.byId(id);
  if (!before) throw new Error(`Case ${id} exists but cannot be read.`);
  const isTheirs = before.reporter === reporter && before.kind === form.kind;
  if (id !== submission.id && !(isTheirs && isSameMatter(before, stored)))
    return fileCase(deps, { ...submission, earlier: undefined });
  if (!isTheirs) throw new Error(`Case ${id} is another report than the one submitted under its id.`);
  const { known, corrected } = await replayed(deps, before, form, answers);
  await linkBack(deps, known, submission.forms);
  return { ok: true, stored: known, masked, already: corrected ? 'corrected' : 'same' };
}

const NOT_SET_UP =
  'No one is set up to receive reports yet. Ask an admin to set a fallback channel, then submit again.';

/**
 * The decision that a report appeals, with the people who made it; null if it is not an appeal. A fault of its question
 * if there is no such decision about this SP; nothing else about that case is revealed (domain section 12).
 */
async function appealOf(
  { cases }: Pick<ServiceDeps, 'cases'>,
  form: Form,
  answers: Answers,
): Promise<{ readonly appeal: CaseFacts['appeal'] | null } | { readonly fault: Fault }> {
  const ref = answerHolding(form, answers, 'appeal_of');
  if (!ref) return { appeal: null };
  const decided = await cases.byRef(ref);
  const { resolution } = decided ?? {};
  if (!resolution || decided?.sp.account !== answers[form.spQuestion]) {
    const question = form.questions.find(({ holds }) => holds === 'appeal_of')?.id ?? '';
    const message = `There is no decision ${ref} about this SP. Check the reference, or leave it empty for any other report.`;
    return { fault: { question, message } };
  }
  const { by, askedBy } = resolution;
  return { appeal: { ref, decidedBy: [...new Set([by, ...(askedBy ? [askedBy] : [])])] } };
}

/** The new case for a checked report, with all its messages; null if no one is set up to receive it. */
async function opened(
  deps: ServiceDeps,
  report: Submission,
  derived: Derived,
  appeal: CaseFacts['appeal'] | null,
): Promise<StoredCase | null> {
  const { id, form, answers, reporter, source } = report;
  const account = answers[form.spQuestion] ? String(answers[form.spQuestion]) : null;
  const now = deps.now();
  const [ref, plan, contacts] = await Promise.all([
    deps.references.next(form.kind),
    planned(deps, form, account, derived, now),
    procedureOf(form.kind).contacts?.(deps, answers) ?? [],
  ]);
  if (!plan) return null;

  const { provider, route, clock, clocks, resume } = plan;
  const { marks = [], subjects = [], title, severity, severityReason, tone, codes } = derived;
  const read = { ref, kind: form.kind, reporter, followers: [], subjects, marks, owner: route.owner, area: route.area };
  const links = await linksTo(deps, report.forms ?? {}, read);
  const filed: EventBody & { type: 'filed' } = {
    type: 'filed',
    data: {
      ref,
      kind: form.kind,
      reporter,
      sp: { account: account ?? '', name: provider?.name ?? null },
      sj: answers[form.sjQuestion] ? String(answers[form.sjQuestion]) : '',
      answers,
      title,
      severity,
      severityReason,
      tone,
      codes,
      source,
      marks,
      subjects,
      links: [...(report.links ?? []), ...links],
      contacts,
      ...(appeal ? { appeal } : {}),
    },
  };
  const routed: EventBody & { type: 'routed' } = {
    type: 'routed',
    data: { state: route.state, area: route.area, owner: route.owner, unrouted: route.unrouted, clocks },
  };
  const { events, facts, mailbox } = withMoves(
    {
      ...open(filed, routed, now, id),
      mailbox: firstMailbox(ref, route.destinations, now, filesOf(form, answers)),
    },
    procedureOf(form.kind).moves?.(answers) ?? [],
    { now, key: id, clock, resume },
  );
  return { id, version: 1, ...facts, events, ...mailbox };
}

/** Where a report goes and the clocks it starts there, or null if no one is set up to receive it. */
async function planned(deps: ServiceDeps, form: Form, account: string | null, derived: Derived, now: Date) {
  const { provider, area, policy, route } = await outlook(deps, form.kind, account, derived);
  if (!route) return null;
  const clock = clockMaker(policy, area, form.kind, derived.severity);
  const clocks = firstClocks(clock, now, {
    state: route.state,
    callbackAt: derived.callbackAt ? new Date(derived.callbackAt) : null,
    policeNumberMissing: (derived.marks ?? []).includes('police_number_missing'),
  });
  return { provider, route, clock, clocks, resume: clockResumer(policy, area) };
}

/** The case after what its reporter did before filing it, e.g. a warm transfer: stored in the same write. */
function withMoves(
  opened: Change,
  moves: readonly Move[],
  context: Pick<Context, 'now' | 'key' | 'clock' | 'resume'>,
): Change {
  return moves.reduce(({ facts, events, mailbox }, move) => {
    const decision = decide(facts, move, { ...context, actor: facts.reporter, mayAct: false });
    if (!decision.ok) throw new Error(`A new case does not allow "${move.type}": ${decision.reason}`);
    return {
      facts: decision.facts,
      events: [...events, ...decision.events],
      mailbox: withMessages(decision.facts, decision.events, mailbox, { moveTo: null, leadership: null, people: null }),
    };
  }, opened);
}

/** Whether two reports are about the same matter: the same draft about another job is another report. */
const isSameMatter = (one: StoredCase, other: StoredCase): boolean =>
  one.sj === other.sj && one.sp.account === other.sp.account;

/**
 * The submission was stored before, but its sender may not know and may have corrected an answer since: the case stays
 * as it is, and the differences become a note.
 */
async function replayed(deps: ServiceDeps, stored: StoredCase, form: Form, answers: Answers) {
  const { id, reporter } = stored;
  const changed = form.questions.filter(
    (question) => JSON.stringify(answers[question.id]) !== JSON.stringify(stored.answers[question.id]),
  );
  if (!changed.length) return { known: stored, corrected: false };
  const text = changed.map(({ id, label }) => `${label}: ${[answers[id] ?? '(removed)'].flat().join(', ')}`).join('\n');
  const note = { id, text: `Corrected while filing:\n${text}`, by: reporter, key: `${id}:corrected` };
  const moved = await keepAsNote(deps, note);
  return { known: moved.ok ? moved.stored : stored, corrected: true };
}
