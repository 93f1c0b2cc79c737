import { offeredOptions } from './answer';
import { newAnswersFrom, visibleQuestions, withInitial } from './engine';
import type { Answer, Answers, Catalogue, Form, Option, Question } from './form';

/**
 * The answers in a text: it is the story, whichever question asks for one; and if a part of it is an option's label,
 * that option is chosen. If in doubt, a question stays empty: a label counts if it is alone between commas or periods
 * ("on time, great work"), or is a code in front, and no other question on screen has it.
 */
export function toldBy(form: Form, text: string, catalogue: Catalogue): Answers {
  const stories = form.questions.filter(({ kind }) => kind === 'long_text').map(({ id }) => [id, text]);
  return newAnswersFrom(form, { ...chosenBy(form, text, catalogue), ...Object.fromEntries(stories) }, catalogue);
}

/** An option named in the text: by its whole label, or (`isPart`) by words of a longer one. */
interface Named {
  readonly question: Question;
  readonly code: string;
  readonly isPart: boolean;
}

function chosenBy(form: Form, text: string, catalogue: Catalogue): Answers {
  const asked = form.questions.filter(({ kind, part, supplied }) => isChoice(kind) && !part && !supplied);
  const all = asked.flatMap((question) => offeredOptions(question, catalogue).map((option) => ({ question, option })));
  const named = parts(text, all)
    .map((part) => namedBy(part, all))
    .filter((some) => some.some(({ isPart }) => !isPart));
  const ways = waysThrough(form, catalogue);
  const clear = named.filter((some) => !ways.some((way) => askedOf(form, way, some).size > 1));
  const whole = clear.flat().filter(({ isPart }) => !isPart);
  const chosen = answersOf(whole);
  if (whole.some(({ question }) => chosen[question.id] === undefined)) return chosen;
  const fitting = ways.filter(
    (way) =>
      Object.entries(way).every(([id, code]) => (chosen[id] ?? code) === code) &&
      named.every((some) => askedOf(form, { ...chosen, ...way }, some).size > 0),
  );
  const [only = {}, ...others] = shortest(fitting);
  return clear.length && !others.length ? { ...only, ...chosen } : chosen;
}

const isChoice = (kind: Question['kind']) => kind === 'one_of' || kind === 'many_of';

interface Offered {
  readonly question: Question;
  readonly option: Option;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** The separate parts of the text; a code in front needs no comma, because no one writes one by chance. */
function parts(text: string, all: readonly Offered[]): readonly string[] {
  const isCode = ({ option: { label } }: Offered) => label === label.toUpperCase() && text.startsWith(`${label} `);
  const code = text === text.toUpperCase() ? undefined : all.find(isCode)?.option.label;
  return [...new Set([...(code ? [code] : []), ...text.split(/[,;.\n]+/)].map(plain))].filter(Boolean);
}

const namedBy = (part: string, all: readonly Offered[]): readonly Named[] =>
  all.flatMap(({ question, option: { code, label } }) => {
    const words = plain(label);
    const isPart = words !== part;
    return isPart && !` ${words} `.includes(` ${part} `) ? [] : [{ question, code, isPart }];
  });

function askedOf(form: Form, answers: Answers, named: readonly Named[]): ReadonlySet<string> {
  const shown = new Set(visibleQuestions(form, withInitial(form, answers)).map(({ id }) => id));
  return new Set(named.map(({ question }) => question.id).filter((id) => shown.has(id)));
}

/** The answers by question; two for a question that takes one count as none. */
function answersOf(named: readonly Named[]): Answers {
  const questions = [...new Set(named.map(({ question }) => question))];
  return Object.fromEntries(
    questions.flatMap((question): [string, Answer][] => {
      const codes = [...new Set(named.filter((one) => one.question === question).map(({ code }) => code))];
      if (question.kind === 'many_of') return [[question.id, codes]];
      return codes.length === 1 ? [[question.id, codes[0] ?? '']] : [];
    }),
  );
}

/** Every path through the form's branches: the choices of a question that lead to others, including none. */
function waysThrough(form: Form, catalogue: Catalogue, way: Answers = {}): readonly Answers[] {
  const seen = withInitial(form, way);
  const shown = visibleQuestions(form, seen);
  const further = shown.flatMap((question) =>
    seen[question.id] !== undefined || question.kind === 'many_of'
      ? []
      : offeredOptions(question, catalogue).flatMap(({ code }) => {
          const next = { ...way, [question.id]: code };
          const opens = visibleQuestions(form, withInitial(form, next)).length > shown.length;
          return opens ? waysThrough(form, catalogue, next) : [];
        }),
  );
  return [way, ...further];
}

/** The paths that do not just prolong another one. */
const shortest = (ways: readonly Answers[]): readonly Answers[] =>
  ways.filter((way) => !ways.some((other) => other !== way && isWithin(other, way)));
const isWithin = (part: Answers, whole: Answers) =>
  Object.keys(part).length < Object.keys(whole).length && Object.entries(part).every(([id, is]) => whole[id] === is);
