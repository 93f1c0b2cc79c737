import { type FiledNotice, filedNotice } from '../domain/filed';
import { formOf } from '../domain/forms';
import { betterForm } from '../domain/forms/carry-over';
import type { Form } from '../domain/forms/form';
import type { ServiceDeps } from './deps';
import { storedLate } from './late-news';
import type { StoredCase } from './ports/cases';
import type { Unwatched } from './ports/reports';

/** By then the reporter was told where they filed it, or is told by letter: what tells them may fail, and its process may end, ms. */
const LATEST_MS = 60_000;

/** The form in which a report had better go on, if it did not come from another one. */
export const betterFormFor = async ({ directory }: ServiceDeps, form: Form, { links, answers }: StoredCase) =>
  links.length ? null : betterForm(form, answers, await directory.catalogue());

const letterOf = (submission: string) => `filed:${submission}`;

/** A letter to a reporter about what they filed; the same submission is told so once. */
const tellByLetter = ({ letters }: ServiceDeps, notice: FiledNotice, to: string, submission: string, at: Date) => {
  const id = letterOf(submission);
  return letters.put({ id, to, about: id, content: { type: 'filed', ...notice }, at });
};

/** Tells a reporter by letter what was filed, unless it is said before that. */
export const confirmByLetter = (deps: ServiceDeps, notice: FiledNotice, to: string, submission: string) =>
  tellByLetter(deps, notice, to, submission, new Date(+deps.now() + LATEST_MS));

/** It was said. */
export const withdrawLetter = ({ letters }: ServiceDeps, submission: string) => letters.withdraw(letterOf(submission));

/**
 * What stands behind a confirmation: the case itself says that its reporter was not told, from the write on that stored it.
 * One that no process has told for a minute is told by letter. Gives whether there is nothing left to tell.
 */
export async function wasTold(deps: ServiceDeps, { id, reporter, filedAt, untold }: Unwatched): Promise<boolean> {
  if (!untold) return true;
  // A clock that was wrong is no reason to wait.
  if (Math.abs(+deps.now() - +filedAt) < LATEST_MS) return false;
  const [stored, late] = await Promise.all([deps.cases.byId(id), deps.letters.known([storedLate(id)])]);
  if (!stored || late.size) return true;
  const [texts, goesOn] = await Promise.all([deps.directory.texts(), betterFormFor(deps, formOf(stored.kind), stored)]);
  const notice = filedNotice(stored, { masked: untold.masked, goesOn, texts });
  await tellByLetter(deps, notice, reporter, id, deps.now());
  return true;
}
