import { DateTime } from 'luxon';
import type { Actor } from './actor';
import type { CaseFacts } from './case';
import { stateWord } from './case-words';
import type { Area } from './directory';
import { formOf } from './forms';
import { summarize } from './forms/engine';
import type { Catalogue, Question } from './forms/form';
import { KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import { clip } from './notes';
import { factsOf, outcomeLabel } from './outcomes';
import { safeCell } from './spreadsheet';

/** What a table of cases needs from outside. */
export interface TableContext {
  readonly areas: readonly Area[];
  /** The zone for a case without an area. */
  readonly timeZone: string;
  readonly catalogue: Catalogue;
  readonly names: ReadonlyMap<Actor, string>;
}

/** The facts that make a row. */
export type RowFacts = Pick<
  CaseFacts,
  | 'ref'
  | 'kind'
  | 'state'
  | 'severity'
  | 'title'
  | 'tone'
  | 'codes'
  | 'sp'
  | 'sj'
  | 'area'
  | 'owner'
  | 'reporter'
  | 'filedAt'
  | 'acknowledged'
  | 'resolution'
  | 'reopened'
  | 'contacts'
  | 'notes'
  | 'totals'
  | 'answers'
>;

/** A table of cases: the header, and each case's cells in its order. */
export interface CaseTable {
  readonly header: readonly string[];
  cells(facts: RowFacts): string[];
}

/** The limit of a spreadsheet cell; if text was cut, its last character is an ellipsis. */
export const CELL_MAX = 32_000;
const capped = (text: string) => clip(text, '…', CELL_MAX);

/**
 * A table of cases of these kinds: what all kinds share, then a column for every question of each kind, worded as in
 * its form (with the kind's name if there are several kinds). Times are ISO in UTC, and again on the clock of the
 * case's area; people by name, else by Slack id. No cell is one that a spreadsheet would run.
 */
export function caseTable(kinds: readonly CaseKind[], context: TableContext): CaseTable {
  const questions = kinds.flatMap((kind) => askedOf(kind).map((question) => ({ kind, question })));
  const asked = questions.map(({ kind, question: { label } }) =>
    kinds.length > 1 ? `${KINDS[kind].label}: ${label}` : label,
  );
  const name = (id: Actor | null) => (id ? (context.names.get(id) ?? id) : '');
  const zones = new Map(context.areas.map((area) => [area.name, area.timeZone]));

  return {
    header: [...SHARED, ...asked].map(safeCell),
    cells(facts) {
      const zone = zones.get(facts.area ?? '') ?? context.timeZone;
      const answers = new Map(
        summarize(formOf(facts.kind), facts.answers, context.catalogue).map(({ question, kind, value }) => [
          question,
          kind === 'person' ? name(value) : value,
        ]),
      );
      return [
        ...shared(facts, zone, name),
        ...questions.map(({ kind, question }) => (kind === facts.kind ? (answers.get(question.id) ?? '') : '')),
      ].map((cell) => capped(safeCell(cell)));
    },
  };
}

/** A form's questions except the two numbers, which are columns of every case. */
function askedOf(kind: CaseKind): readonly Question[] {
  const { questions, spQuestion, sjQuestion } = formOf(kind);
  return questions.filter(({ id }) => id !== spQuestion && id !== sjQuestion);
}

const SHARED = [
  'Reference',
  'Kind',
  'State',
  'Severity',
  'Title',
  'Tone',
  'Codes',
  'SP account',
  'SP name',
  'SJ',
  'Area',
  'Owner',
  'Filed by',
  'Filed (UTC)',
  'Filed (area time)',
  'Acknowledged by',
  'Acknowledged (UTC)',
  'Acknowledged (area time)',
  'Outcome',
  'Outcome in words',
  'Outcome facts',
  'Resolved by',
  'Outcome asked by',
  'Resolved (UTC)',
  'Resolved (area time)',
  'Area time zone',
  'Times reopened',
  'Contacts with the SP',
  'Notes',
] as const;

/** The facts of an outcome, one per line. */
const outcomeFactsText = (resolution: NonNullable<RowFacts['resolution']>): string =>
  factsOf(resolution.outcome, resolution)
    .map(({ label, value }) => `${label}: ${value instanceof Date ? value.toISOString() : value}`)
    .join('\n');

function shared(facts: RowFacts, zone: string, name: (id: Actor | null) => string): string[] {
  const { acknowledged, resolution } = facts;
  const moment = (at: Date | undefined): [utc: string, local: string] =>
    at ? [at.toISOString(), DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')] : ['', ''];
  const list = (said: readonly { readonly by: Actor; readonly text: string }[], total: number, what: string) =>
    [
      ...(total > said.length ? [`(${total - said.length} earlier ${what} are in the record of the case)`] : []),
      ...said.map(({ by, text }) => `${name(by)}: ${text}`),
    ].join('\n');
  return [
    facts.ref,
    KINDS[facts.kind].label,
    stateWord(facts.state),
    facts.severity,
    facts.title,
    facts.tone,
    facts.codes.join('; '),
    facts.sp.account,
    facts.sp.name ?? '',
    facts.sj,
    facts.area ?? '',
    name(facts.owner),
    name(facts.reporter),
    ...moment(facts.filedAt),
    name(acknowledged?.by ?? null),
    ...moment(acknowledged?.at),
    resolution ? outcomeLabel(resolution.outcome) : '',
    resolution?.text ?? '',
    resolution ? outcomeFactsText(resolution) : '',
    name(resolution?.by ?? null),
    name(resolution?.askedBy ?? null),
    ...moment(resolution?.at),
    zone,
    String(facts.reopened),
    list(facts.contacts, facts.totals.contacts, 'contacts'),
    list(facts.notes, facts.totals.notes, 'notes'),
  ];
}
