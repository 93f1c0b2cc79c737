import type { KnownBlock } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import { FORMS } from '../../domain/forms';
import { type SummaryLine, summarize } from '../../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../../domain/forms/form';
import { hasField, listAsking } from '../../domain/forms/joined';
import { type Part, quote, richLines, WHEN } from '../rich-text';
import { truncate } from '../text';

/** The answers as a card shows them. */
export interface ToldAnswers {
  readonly answers: readonly SummaryLine[];
  /** The SP and SJ questions: shown in the card's head, not among the answers. */
  readonly headQuestions: readonly string[];
}

/** How much of people's text is shown: the characters of a quotation and of a line, and how many of each. */
export interface Room {
  readonly quote: number;
  readonly line: number;
  readonly quotes: number;
  readonly lines: number;
}
/** A card fits on a screen; *Details* has what it leaves out. */
export const CARD: Room = { quote: 400, line: 160, quotes: 2, lines: 9 };
const ALL = Number.POSITIVE_INFINITY;
export const WHOLE: Room = { quote: ALL, line: ALL, quotes: ALL, lines: ALL };

/** The answers of a case as its card shows them. */
export function answersOf({ kind, answers }: CaseFacts, catalogue: Catalogue): ToldAnswers {
  const form = FORMS[kind];
  return form
    ? { answers: asTheyWereAsked(form, answers, catalogue), headQuestions: [form.spQuestion, form.sjQuestion] }
    : { answers: [], headQuestions: [] };
}

/** Two questions of one list are one line (*SP Feedback from Customer: Negative*); unasked ones are left out. */
function asTheyWereAsked(form: Form, answers: Answers, catalogue: Catalogue): SummaryLine[] {
  const lines = summarize(form, answers, catalogue);
  const asked = form.questions.filter((one) => one.supplied || hasField(form, one, answers, catalogue));
  return lines
    .filter(({ question }) => asked.some(({ id }) => id === question))
    .map((line) => {
      const also = lines.filter(({ question }) => listAsking(form, question)?.id === line.question);
      return { ...line, value: [line, ...also].map(({ value }) => value).join(': ') };
    });
}

/** A short answer as people read it; files are not listed, because they are in the thread. */
function shortly({ kind, value }: SummaryLine): Part {
  if (kind === 'person') return { user: value };
  if (kind === 'date_time') return { date: new Date(value), format: WHEN };
  if (kind !== 'files') return value;
  const count = value.split('; ').length;
  return `${count} ${count === 1 ? 'file' : 'files'}, in the thread`;
}

/** The answers: a line for each short one and each part of an interview, then the long ones. */
export function answers(
  { title, clocks }: CaseFacts,
  { answers, headQuestions }: ToldAnswers,
  room: Room = WHOLE,
): KnownBlock[] {
  const isSaid = ({ kind, value }: SummaryLine) =>
    title.endsWith(`: ${value}`) ||
    (kind === 'date_time' && clocks.some(({ promised, dueAt }) => promised && +dueAt === Date.parse(value)));
  const shown = answers.filter((line) => !line.apart && !headQuestions.includes(line.question) && !isSaid(line));
  const short = shown.filter((line) => !line.long);
  const long = shown.filter((line) => line.long);
  const lines = [...short.filter(({ part }) => !part).map((line) => answerLine(line, room)), ...parts(short, room)];
  return [
    ...(lines.length ? [richLines(lines.slice(0, room.lines))] : []),
    ...long
      .slice(0, room.quotes)
      .flatMap(({ label, value }) => [richLines([[{ bold: label }]]), quote(truncate(value, room.quote))]),
  ];
}

const answerLine = (line: SummaryLine, room: Room): Part[] => [
  { bold: `${line.label}: ` },
  within(shortly(line), room.line),
];

const within = (part: Part, most: number): Part => (typeof part === 'string' ? truncate(part, most) : part);

/** A long interview has one line per part, so that a card can still be read at a glance. */
function parts(short: readonly SummaryLine[], room: Room): Part[][] {
  const titles = [...new Set(short.flatMap(({ part }) => part?.title ?? []))];
  return titles.map((title): Part[] => {
    const said = short
      .filter(({ part }) => part?.title === title)
      .flatMap((line, i): Part[] => [
        i ? '  ·  ' : '',
        line.part?.isSkip ? 'skipped, ' : `${line.label}: `,
        shortly(line),
      ]);
    return [{ bold: `${title}: ` }, ...upTo(said, room.line)];
  });
}

/** As many of the parts as fit in this many characters. */
function upTo(parts: readonly Part[], most: number): Part[] {
  const kept: Part[] = [];
  let left = most;
  for (const part of parts) {
    if (left <= 0) return kept;
    kept.push(within(part, left));
    left -= typeof part === 'string' ? part.length : 1;
  }
  return kept;
}
