import { z } from 'zod';
import { cleanText } from '../clean-text';
import { isPerson } from '../targets/slack-person';
import { amount } from '../wording';
import type { Answer, Answers, Catalogue, Option, Question } from './form';

export const YES_NO: readonly Option[] = [
  { code: 'yes', label: 'Yes' },
  { code: 'no', label: 'No' },
];

/** Every option a question ever had, including retired ones; empty for questions that are not a choice. */
export function optionsOf(question: Question, catalogue: Catalogue): readonly Option[] {
  if (question.kind === 'yes_no') return YES_NO;
  return question.kind === 'one_of' || question.kind === 'many_of' ? question.options(catalogue) : [];
}

/** The options a question offers now. */
export const offeredOptions = (question: Question, catalogue: Catalogue): readonly Option[] =>
  optionsOf(question, catalogue).filter(({ retired, implied }) => !retired && !implied);

const isChoice = ({ kind }: Question) => kind === 'one_of' || kind === 'many_of' || kind === 'yes_no';
const isList = ({ kind }: Question) => kind === 'many_of' || kind === 'files';
/** Whether a person writes the answer in their own words or numbers, which searches then find. */
export const isText = ({ kind }: Question): boolean => kind === 'text' || kind === 'long_text';
/** Whether the answer may hold anything, including personal data: nothing parses it. */
export const isFreeText = (question: Question): boolean =>
  question.kind === 'long_text' || (question.kind === 'text' && !question.parse);

/** The answer if it is non-empty and has the question's shape (one string, or a list without repeats). */
export function inShape(question: Question, answer: Answer | undefined): Answer | undefined {
  if (typeof answer === 'string') return isList(question) || answer === '' ? undefined : answer;
  if (!Array.isArray(answer) || !isList(question)) return undefined;
  const items = [...new Set(answer)].filter((item) => typeof item === 'string' && item !== '');
  return items.length > 0 ? items : undefined;
}

/** The answer in shape, without codes that are not offered; without a catalogue, only yes/no can be checked. */
export function fitting(question: Question, raw: Answer | undefined, catalogue?: Catalogue): Answer | undefined {
  const answer = inShape(question, raw);
  if (answer === undefined || !isChoice(question) || (!catalogue && question.kind !== 'yes_no')) return answer;
  const offered = new Set(offeredOptions(question, catalogue ?? {}).map(({ code }) => code));
  const kept = [answer].flat().filter((code) => offered.has(code));
  return typeof answer === 'string' ? kept[0] : inShape(question, kept);
}

export type Accepted =
  | { readonly ok: true; readonly value: Answer | undefined }
  | { readonly ok: false; readonly fault: string };

const accepted = (value: Answer | undefined): Accepted => ({ ok: true, value });
const refused = (fault: string): Accepted => ({ ok: false, fault });

/** The cleaned answer to a question on screen, or what to do instead. `required` is false in a skipped part. */
export function accept(
  question: Question,
  raw: Answer | undefined,
  catalogue: Catalogue,
  required = !question.optional,
): Accepted {
  const typed = typeof raw === 'string' && isText(question) ? cleanText(raw) : raw;
  const answer = inShape(question, typed);
  if (answer === undefined) return !required && isEmpty(typed) ? accepted(undefined) : refused(missing(question));
  const fault = typeof answer === 'string' ? undefined : listFault(question, answer, catalogue);
  if (fault) return refused(fault);
  switch (question.kind) {
    case 'text':
    case 'long_text':
      return acceptText(question, String(answer));
    case 'one_of':
    case 'many_of':
    case 'yes_no':
      return acceptChoice(question, answer, catalogue);
    default:
      return storedSchema(question, catalogue).safeParse(answer).success ? accepted(answer) : refused(UNREADABLE);
  }
}

/**
 * Whether a question must be answered: not if it is optional and not needed by these answers, if another one is
 * answered in its place, or if its part is skipped with a reason.
 */
export function isRequired({ optional, needed, unless, part }: Question, answers: Answers): boolean {
  const reason = part && answers[part.skip];
  const skipped = typeof reason === 'string' && cleanText(reason) !== '';
  const answeredElsewhere = unless !== undefined && !isEmpty(answers[unless]);
  return (!optional || needed?.(answers) === true) && !skipped && !answeredElsewhere;
}

const UNREADABLE = 'Warmline could not read this answer. Answer again.';
const isEmpty = (answer: Answer | undefined) => answer === undefined || answer.length === 0;

function missing(question: Question): string {
  switch (question.kind) {
    case 'text': {
      const verdict = question.parse?.('');
      return verdict && !verdict.ok ? verdict.fault : 'Fill this in.';
    }
    case 'long_text':
      return 'Write a sentence or two here.';
    case 'many_of':
      return question.unless ? 'Choose at least one, here or in the other list.' : 'Choose at least one.';
    case 'one_of':
      return 'Choose one.';
    case 'yes_no':
      return 'Choose Yes or No.';
    case 'date_time':
      return 'Choose a date and a time.';
    case 'person':
      return 'Choose a person.';
    case 'files':
      return 'Add at least one file.';
  }
}

function acceptText(question: Question & { kind: 'text' | 'long_text' }, text: string): Accepted {
  const length = lengthOf(text);
  if (length > question.maxLength) {
    const count = (n: number) => amount(n);
    return refused(`This is ${count(length)} characters long. Shorten it to ${count(question.maxLength)} or fewer.`);
  }
  const verdict = question.kind === 'text' && question.parse ? question.parse(text) : undefined;
  if (!verdict) return accepted(text);
  return verdict.ok ? accepted(verdict.value) : refused(verdict.fault);
}

function acceptChoice(question: Question, answer: Answer, catalogue: Catalogue): Accepted {
  const options = optionsOf(question, catalogue);
  const gone = [answer].flat().filter((code) => !options.some((option) => option.code === code && !option.retired));
  if (gone.length === 0) return accepted(answer);
  const labels = gone.map((code) => `"${options.find((option) => option.code === code)?.label ?? code}"`);
  return refused(`${labels.join(', ')} ${gone.length > 1 ? 'are' : 'is'} no longer offered. Please choose again.`);
}

/** Faults that only a list can have: an exclusive option with others, too many files. */
function listFault(question: Question, answer: readonly string[], catalogue: Catalogue): string | undefined {
  if (question.kind === 'files' && answer.length > question.maxFiles)
    return `Add ${question.maxFiles} files at most; these are ${answer.length}.`;
  const alone = exclusiveChoice(question, answer, catalogue);
  return alone && answer.length > 1
    ? `"${alone.label}" rules out the other choices. Keep either it or the others, not both.`
    : undefined;
}

const exclusiveChoice = (question: Question, answer: readonly string[], catalogue: Catalogue) =>
  optionsOf(question, catalogue).find(({ code, exclusive }) => exclusive && answer.includes(code));

/** Length in characters (code points), as people count. */
const lengthOf = (text: string) => [...text].length;

/** The schema of one stored answer; a code retired since then is still valid. */
export function storedSchema(question: Question, catalogue: Catalogue): z.ZodType<Answer> {
  const codes = new Set(optionsOf(question, catalogue).map(({ code }) => code));
  const code = z.string().refine((value) => codes.has(value), 'unknown code');
  switch (question.kind) {
    case 'text':
    case 'long_text':
      return z
        .string()
        .min(1)
        .refine((text) => {
          const verdict = acceptText(question, text);
          return verdict.ok && verdict.value === text;
        }, 'not as this question stores it');
    case 'one_of':
    case 'yes_no':
      return code;
    case 'many_of':
      return z
        .array(code)
        .min(1)
        .refine((list) => new Set(list).size === list.length, 'a code twice')
        .refine((list) => !listFault(question, list, catalogue), 'an exclusive option beside others');
    case 'date_time':
      return z.iso.datetime();
    case 'person':
      return z.string().refine(isPerson);
    case 'files':
      return z.array(z.string().min(1)).min(1).max(question.maxFiles);
  }
}
