import { check, visibleQuestions } from './engine';
import type { Answers, Catalogue, Fault, Form, Question } from './form';

/** A screen of a form, with its questions for the answers so far. Never empty. */
export interface FormPage {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

const MAIN = 'main';
const pageIdOf = ({ page }: Question): string => page?.id ?? MAIN;
/** Whether a question is on a page, or in a part that was a page when a draft or a window was made. */
const isOn = (question: Question, pageId: string): boolean =>
  pageIdOf(question) === pageId || question.part?.id === pageId;

/** The form's screens in order, without pages that have no visible question. A form without pages is one screen. */
export function pagesOf(form: Form, answers: Answers): FormPage[] {
  const pages = new Map<string, { id: string; title: string; questions: Question[] }>();
  for (const question of visibleQuestions(form, answers)) {
    const id = pageIdOf(question);
    const page = pages.get(id) ?? { id, title: question.page?.title ?? form.title, questions: [] };
    page.questions.push(question);
    pages.set(id, page);
  }
  return [...pages.values()];
}

/** The requested page, or the form's first if it does not exist (anymore). Throws for a form without questions. */
export function pageOf(form: Form, answers: Answers, pageId?: string) {
  const pages = pagesOf(form, answers);
  const place = Math.max(
    0,
    pages.findIndex(({ questions }) => questions.some((question) => isOn(question, pageId ?? ''))),
  );
  const page = pages[place];
  if (!page) throw new Error(`The form "${form.title}" has no questions.`);
  return {
    page,
    number: place + 1,
    of: pages.length,
    previous: pages[place - 1] ?? null,
    next: pages[place + 1] ?? null,
  };
}

/** Id of the page that asks a question now, or null: where to go back to for its fault. */
export const pageAsking = (form: Form, answers: Answers, questionId: string): string | null =>
  pagesOf(form, answers).find(({ questions }) => questions.some(({ id }) => id === questionId))?.id ?? null;

/**
 * All answers after one page was submitted or left: `read` is what that page has now, so an answer emptied there is
 * gone. Answers of other pages and supplied ones stay.
 */
export function answersWithPage(form: Form, answers: Answers, pageId: string, read: Answers): Answers {
  const here = new Set(
    form.questions.filter((question) => isOn(question, pageId) && !question.supplied).map(({ id }) => id),
  );
  const elsewhere = Object.entries(answers).filter(([id]) => !here.has(id));
  return { ...Object.fromEntries(elsewhere), ...read };
}

export type CheckedPage = { readonly ok: true } | { readonly ok: false; readonly faults: readonly Fault[] };

/** Validates one page before the next one is shown; faults of other pages wait for theirs. */
export function checkPage(form: Form, answers: Answers, catalogue: Catalogue, pageId: string): CheckedPage {
  const checked = check(form, answers, catalogue);
  if (checked.ok) return { ok: true };
  const here = new Set(form.questions.filter((question) => isOn(question, pageId)).map(({ id }) => id));
  const faults = checked.faults.filter(({ question }) => here.has(question));
  return faults.length === 0 ? { ok: true } : { ok: false, faults };
}
