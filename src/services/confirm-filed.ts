import { type FiledNotice, filedNotice } from '../domain/filed';
import { formOf } from '../domain/forms';
import { betterForm } from '../domain/forms/carry-over';
import type { Form } from '../domain/forms/form';
import type { ServiceDeps } from './deps';
import { storedLate } from './late-news';
import type { StoredCase } from './ports/cases';
import type { Unwatched } from './ports/reports';

/** After this time, a letter confirms, in case the first confirmation failed or the process ended, ms. */
const LATEST_MS = 60_000;

/** A form that fits a report better, if it did not come from another one. */
export const betterFormFor = async ({ directory }: ServiceDeps, form: Form, { links, answers }: StoredCase) =>
  links.length ? null : betterForm(form, answers, await directory.catalogue());

const letterOf = (submission: string) => `filed:${submission}`;

/** A letter to a reporter about their report; the same submission is confirmed once. */
const tellByLetter = ({ letters }: ServiceDeps, notice: FiledNotice, to: string, submission: string, at: Date) => {
  const id = letterOf(submission);
  return letters.put({ id, to, about: id, content: { type: 'filed', ...notice }, at });
};

/** Confirms a report by letter, unless that happens in another way first. */
export const confirmByLetter = (deps: ServiceDeps, notice: FiledNotice, to: string, submission: string) =>
  tellByLetter(deps, notice, to, submission, new Date(+deps.now() + LATEST_MS));

/** It was confirmed. */
export const withdrawLetter = ({ letters }: ServiceDeps, submission: string) => letters.withdraw(letterOf(submission));

/**
 * The safety net of a confirmation: the case itself records that its reporter was not told, from the write that stored
 * it. After a minute, a letter confirms it. Returns whether there is nothing left to confirm.
 */
export async function wasTold(deps: ServiceDeps, { id, reporter, filedAt, untold }: Unwatched): Promise<boolean> {
  if (!untold) return true;
  // A wrong clock is no reason to wait.
  if (Math.abs(+deps.now() - +filedAt) < LATEST_MS) return false;
  const [stored, late] = await Promise.all([deps.cases.byId(id), deps.letters.known([storedLate(id)])]);
  if (!stored || late.size) return true;
  const [texts, goesOn] = await Promise.all([deps.directory.texts(), betterFormFor(deps, formOf(stored.kind), stored)]);
  const notice = filedNotice(stored, { masked: untold.masked, goesOn, texts });
  await tellByLetter(deps, notice, reporter, id, deps.now());
  return true;
}
