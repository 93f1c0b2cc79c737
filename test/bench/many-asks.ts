import { CASE_KINDS } from '../../src/domain/kinds';
import { dateOf, dayAt } from '../../src/domain/local-time';
import type { SearchFilters } from '../../src/domain/search';
import type { JobDeps } from '../../src/jobs/job';
import type { ListenerDeps } from '../../src/listeners/deps';
import { writeDigests } from '../../src/services/digests';
import { figuresOf, lastDays } from '../../src/services/figures';
import { findCases } from '../../src/services/find-cases';
import { scorecardOf } from '../../src/services/scorecard';
import { FIRST_PAGE, searchCases } from '../../src/services/search-cases';
import { writeWeeklyReports } from '../../src/services/weekly-reports';
import { HOME_START } from '../../src/slack/ids/home';
import { later } from '../support/cases';
import type { Home } from './home';
import { nameOfOne, STEP_MS, word } from './many-cases';
import type { Stage } from './stage';

/** A query, for whom and when. */
export interface Asking {
  /** So many cases there are. */
  readonly size: number;
  readonly stage: Stage;
  readonly deps: JobDeps & ListenerDeps;
  readonly now: Date;
}
export interface Ask {
  readonly name: string;
  readonly ask: (on: Asking) => Promise<unknown>;
  /** The limit: times the figure among the fewest cases, and ms. */
  readonly goal?: { readonly ratio: number; readonly ms: number };
  /** Slow ones run less often. */
  readonly rounds?: number;
}

/** Whose Home is drawn, and where on it. */
const place = (more: Partial<Home['place']>): Home['place'] => ({ ...HOME_START, ...more });
export const HOMES: readonly Home[] = [
  { name: 'agent', user: 'agent7', place: HOME_START },
  { name: 'agentReports', user: 'agent7', place: place({ tab: 'filed' }) },
  { name: 'manager', user: 'manager3', place: HOME_START },
  { name: 'managerFigures', user: 'manager3', place: place({ tab: 'figures' }) },
  { name: 'everybody', user: 'ada', place: place({ args: { scope: 'all' } }) },
  { name: 'everybodyOverdue', user: 'ada', place: place({ args: { scope: 'all', state: 'overdue' } }) },
  { name: 'admin', user: 'ada', place: place({ tab: 'admin' }) },
  ...['review', 'unrouted', 'failed', 'providers', 'health'].map((part) => ({
    name: `admin ${part}`,
    user: 'ada',
    place: place({ tab: 'admin', part }),
  })),
  { name: 'figures', user: 'ada', place: place({ tab: 'figures' }) },
];
export const HOME_GOAL = { ratio: 1.2, ms: 300 };

const SEARCH_GOAL = { ratio: 1.5, ms: 500 };
const person = ({ workspace }: Stage, name: string) => workspace.ids.users[name] ?? '';
const daysBefore = (now: Date, days: number) => dateOf(dayAt('UTC', now) - days);
const DUE = 1_000;

/** A search like the window's: its first page, and the count. */
const search = (name: string, filters: (now: Date) => SearchFilters, user = 'ada'): Ask => ({
  name: `search ${name}`,
  ask: ({ deps, stage, now }) => searchCases(deps, filters(now), FIRST_PAGE, person(stage, user)),
  goal: SEARCH_GOAL,
});

/** A busy SP, and a quiet one: those of the newest two cases. */
const [BUSY, QUIET] = ['ACC101898', 'ACC235609'];

export const ASKS: readonly Ask[] = [
  search('a frequent word', () => ({ text: word(0) })),
  search('a rare word', () => ({ text: nameOfOne(77) })),
  search('two words', () => ({ text: `${word(3)} ${word(700)}` })),
  search('the beginning of a word', () => ({ text: `${word(900).slice(0, 4)}*` })),
  search('the beginning of a rare word', () => ({ text: `${nameOfOne(77).slice(0, -1)}*` })),
  search('a busy SP', () => ({ account: BUSY })),
  search('an SP', () => ({ account: QUIET })),
  search('an area and a month', (now) => ({ area: 'Area 3', from: daysBefore(now, 30), to: daysBefore(now, 0) })),
  search('an area, a month and a word', (now) => ({ area: 'Area 3', from: daysBefore(now, 30), text: word(3) })),
  search('an area', () => ({ area: 'Area 3' })),
  search('a state', () => ({ states: ['resolved'] })),
  search('everything', () => ({})),
  search('a word, as a manager', () => ({ text: word(0) }), 'manager3'),
  search('everything, as a manager', () => ({}), 'manager3'),
  search('everything, as an agent', () => ({}), 'agent7'),
  { name: 'look an SP up', ask: ({ deps, stage }) => findCases(deps, BUSY, person(stage, 'ada')) },
  { name: 'scorecard', ask: ({ deps, stage }) => scorecardOf(deps, BUSY, person(stage, 'ada')) },
  {
    name: 'retention, how much is due',
    goal: SEARCH_GOAL,
    async ask({ deps, now, size }) {
      // The oldest thousand are over, however many there are.
      const before = later(now, -(size - DUE) * STEP_MS);
      const ofAll = { severities: null, before, heldSps: [BUSY, QUIET] };
      for (const kind of CASE_KINDS) {
        await deps.retention.held({ ...ofAll, kind }, 500);
        await deps.retention.heldBySp({ ...ofAll, kind }, 500);
        await deps.retention.due({ ...ofAll, kind }, 50, null);
      }
    },
  },
  {
    name: 'digests of all areas',
    ask: ({ deps, stage }) => writtenAnew(stage, () => writeDigests(deps)),
  },
  {
    name: 'weekly reports of all areas',
    rounds: 2,
    ask: ({ deps, stage }) => writtenAnew(stage, () => writeWeeklyReports(deps)),
  },
  {
    name: 'figures of 30 days, an area',
    ask: ({ deps, stage, now }) => figuresOf(deps, lastDays(30, now, 'UTC'), person(stage, 'manager3')),
  },
  {
    name: 'figures of 30 days, all areas',
    rounds: 1,
    ask: ({ deps, stage, now }) => figuresOf(deps, lastDays(30, now, 'UTC'), person(stage, 'ada')),
  },
];

/** As if none of these letters had been written. */
async function writtenAnew({ connection }: Stage, write: () => Promise<number>): Promise<void> {
  await connection.collection('letters').deleteMany({});
  if (!(await write())) throw new Error('No letter was owed.');
}
