import { z } from 'zod';
import { accept, fitting, inShape, isRequired, optionsOf, storedSchema } from './answer';
import type { Answer, Answers, Catalogue, Derived, Fault, Form, Holding, Question, Saying } from './form';

/**
 * Walks a form in order, asking `read` for the answer of each shown question. A `when` sees only the answers of shown
 * questions before it, so one pass settles every branch.
 */
function walk(form: Form, read: (question: Question, kept: Answers) => Answer | undefined) {
  const shown: Question[] = [];
  const kept: Record<string, Answer> = {};
  for (const question of form.questions) {
    if (question.when && !question.when(kept)) continue;
    shown.push(question);
    const answer = read(question, kept);
    if (answer !== undefined) kept[question.id] = answer;
  }
  return { shown, kept };
}

/** The questions that apply to these answers, in order, including those whose answer is supplied. */
const applicableQuestions = (form: Form, answers: Answers): Question[] =>
  walk(form, (question) => inShape(question, answers[question.id])).shown;

/** The questions to show for these answers, in order. Answers of hidden questions do not count. */
export function visibleQuestions(form: Form, answers: Answers): Question[] {
  return applicableQuestions(form, answers).filter(({ supplied }) => !supplied);
}

/**
 * The answers once the form is on screen: a visible question without an answer takes its `initial` one. Such a choice
 * cannot be undone, so an unanswered one has not been on screen yet.
 */
export function withInitial(form: Form, answers: Answers): Answers {
  const { kept } = walk(form, (question) => {
    const initial = question.kind === 'one_of' || question.kind === 'yes_no' ? question.initial : undefined;
    return inShape(question, answers[question.id]) ?? initial;
  });
  return { ...answers, ...kept };
}

/** The sentence to suggest to the agent in this situation (domain section 11). */
export const openingOf = (form: Form, answers: Answers): string =>
  fittingSaying(form, form.openings, answers) ?? form.opening;

/** What to read out once such a report is filed, if the form says so (domain section 11). */
export const closingOf = (form: Form, answers: Answers): string | undefined =>
  fittingSaying(form, form.closings, answers) ?? form.closing;

function fittingSaying(form: Form, sayings: readonly Saying[] | undefined, answers: Answers): string | undefined {
  const known = prune(form, answers);
  return sayings?.find(({ when }) => when(known))?.say;
}

/**
 * The answers of visible questions only; empty ones, wrong shapes and unknown questions are dropped. With a catalogue,
 * so are codes it does not offer (unknown or retired).
 */
export function prune(form: Form, answers: Answers, catalogue?: Catalogue): Answers {
  return walk(form, (question) => fitting(question, answers[question.id], catalogue)).kept;
}

/**
 * What this form can take over from another form, a draft, a command's text or a message. Unlike `prune`, it keeps
 * answers to questions not shown yet, for when their branch is chosen; `prune` and `check` drop them otherwise.
 */
export function newAnswersFrom(form: Form, other: Answers, catalogue?: Catalogue): Answers {
  const taken: Record<string, Answer> = {};
  for (const question of form.questions) {
    const answer = fitting(question, other[question.id], catalogue);
    if (answer !== undefined) taken[question.id] = answer;
  }
  return taken;
}

export type Checked =
  | { readonly ok: true; readonly answers: Answers; readonly derived: Derived }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Validates a submission: required, lengths, options on offer, exclusive options, `parse`, agreements. Returns the
 * cleaned answers with what follows from them, or all faults: one per question, in the form's order.
 */
export function check(form: Form, answers: Answers, catalogue: Catalogue): Checked {
  const faults: Fault[] = [];
  const { kept } = walk(form, (question, before) => {
    const given = question.follows?.(before, catalogue) ?? answers[question.id];
    const verdict = accept(question, given, catalogue, isRequired(question, answers));
    if (verdict.ok) return verdict.value;
    faults.push({ question: question.id, message: verdict.fault });
    return inShape(question, answers[question.id]);
  });
  const faulty = new Set(faults.map(({ question }) => question));
  faults.push(...form.agreements(kept, catalogue).filter(({ question }) => !faulty.has(question)));
  if (faults.length === 0) return { ok: true, answers: kept, derived: form.derive(kept, catalogue) };
  const place = (fault: Fault) => form.questions.findIndex(({ id }) => id === fault.question);
  return { ok: false, faults: faults.sort((a, b) => place(a) - place(b)) };
}

/** The schema of what is stored: only known, visible questions, with all required answers. Retired codes are valid. */
export function schemaOf(form: Form, catalogue: Catalogue): z.ZodType<Answers> {
  const shape = Object.fromEntries(
    form.questions.map((question) => [question.id, storedSchema(question, catalogue).optional()]),
  );
  return z
    .strictObject(shape)
    .transform((stored): Answers => {
      const present = Object.entries(stored).flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]]));
      return Object.fromEntries(present);
    })
    .superRefine((stored, context) => {
      const shown = applicableQuestions(form, stored);
      const shownIds = new Set(shown.map(({ id }) => id));
      const refuse = (id: string, message: string) => context.addIssue({ code: 'custom', path: [id], message });
      for (const id of Object.keys(stored)) if (!shownIds.has(id)) refuse(id, 'answer of a hidden question');
      for (const question of shown)
        if (isRequired(question, stored) && !(question.id in stored)) refuse(question.id, 'required answer missing');
    });
}

/** Answers by what their questions hold, as this form stores them; without what it does not ask. */
export const answersHolding = ({ questions }: Form, values: Readonly<Partial<Record<Holding, string>>>): Answers =>
  Object.fromEntries(
    questions.flatMap(({ id, holds }) => {
      const value = holds && values[holds];
      return value ? [[id, value]] : [];
    }),
  );

/** The answer of the question that holds this; undefined if the form does not ask it, or it was not answered. */
export function answerHolding({ questions }: Form, answers: Answers, holding: Holding): string | undefined {
  const answer = questions.flatMap(({ id, holds }) => (holds === holding ? (answers[id] ?? []) : []))[0];
  return answer || undefined;
}

/** One answered question as people read it. `value` is plain text: labels of codes, `Yes`/`No`, ISO dates, ids. */
export interface SummaryLine {
  readonly question: string;
  readonly kind: Question['kind'];
  readonly label: string;
  readonly value: string;
  /** Free text of any length, possibly with line breaks. */
  readonly long: boolean;
  /** Cards show it in a separate place. */
  readonly apart?: true;
  /** The title of a part that may be skipped, whose answers belong together. `isSkip`: the reason for skipping it. */
  readonly part?: { readonly title: string; readonly isSkip: boolean };
}

/** The answers in the form's order and words, for cards, threads, CSV and Home. Retired codes keep their label. */
export function summarize(form: Form, answers: Answers, catalogue: Catalogue): SummaryLine[] {
  return applicableQuestions(form, answers).flatMap((question) => {
    const answer = inShape(question, answers[question.id]);
    if (answer === undefined) return [];
    const { id, kind, label } = question;
    const value = worded(question, answer, catalogue);
    const part = question.part ? { part: { title: question.part.title, isSkip: question.part.skip === id } } : {};
    const isApart = question.apart ? { apart: true as const } : {};
    return [{ question: id, kind, label, value, long: kind === 'long_text', ...isApart, ...part }];
  });
}

function worded(question: Question, answer: Answer, catalogue: Catalogue): string {
  const labels = new Map(optionsOf(question, catalogue).map(({ code, label }) => [code, label]));
  return [answer]
    .flat()
    .map((code) => labels.get(code) ?? code)
    .join('; ');
}

/** The answers that count while the form is being filled in, and the conclusions from them. */
export interface Settled {
  readonly answers: Answers;
  /**
   * Null until every branch on screen has its answer (each visible, required `live` question other than text), because
   * the tone may still change. Parts that may be skipped decide nothing.
   */
  readonly derived: Derived | null;
}

export function settledSoFar(form: Form, answers: Answers, catalogue: Catalogue): Settled {
  const kept = prune(form, answers, catalogue);
  const undecided = visibleQuestions(form, kept).some(
    (question) =>
      question.live === true &&
      isRequired(question, kept) &&
      !question.part &&
      question.kind !== 'text' &&
      question.kind !== 'long_text' &&
      !(question.id in kept),
  );
  return { answers: kept, derived: undecided ? null : form.derive(kept, catalogue) };
}

export const derivedSoFar = (form: Form, answers: Answers, catalogue: Catalogue): Derived | null =>
  settledSoFar(form, answers, catalogue).derived;

/** Whether a visible answer is one of the options marked ⚠ (domain section 3). */
export function looksHighRisk(form: Form, answers: Answers, catalogue: Catalogue): boolean {
  return visibleQuestions(form, answers).some((question) => {
    const chosen = [answers[question.id] ?? []].flat();
    return optionsOf(question, catalogue).some(({ code, highRisk }) => highRisk && chosen.includes(code));
  });
}

/** The ids of a report's files. */
export const filesOf = ({ questions }: Form, answers: Answers): readonly string[] =>
  questions.flatMap(({ id, kind }) => (kind === 'files' ? [answers[id] ?? []].flat() : []));
