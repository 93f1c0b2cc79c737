import type { ActionsBlock, Button, StaticSelect } from '@slack/types';
import type { Person } from '../../domain/access';
import { SEVERITY_WORD, stateWord } from '../../domain/case-words';
import { CASE_KINDS, KINDS } from '../../domain/kinds';
import { QUEUE_STATES, type QueueFilters, type Scope, scopesOf } from '../../domain/queue';
import { SEVERITIES } from '../../domain/severity';
import { capital } from '../../domain/wording';
import { HOME_CLEAR, HOME_SEARCH, HOME_SP } from '../../slack/ids/desk';
import { actions, button } from '../lines';
import { argMenu } from './menu';

/** The option for no filter. */
const ANY = 'any';
const SCOPE_WORDS: Record<Scope, string> = {
  mine: 'Mine',
  answering: 'All I answer for',
  all: "Everyone's",
};

/** Whether the queue is filtered by more than whose cases it shows. */
export const isFiltered = ({ kind, state, severity, sp }: QueueFilters): boolean =>
  Boolean(kind ?? state ?? severity) || sp !== '';

/**
 * The row of menus that filters a queue, and the button to search beyond it. If there is nothing to filter (`isEmpty`),
 * it only asks whose cases.
 */
export function filterRow(filters: QueueFilters, person: Person, isEmpty: boolean): ActionsBlock {
  const { scope, kind, state, severity, sp } = filters;
  const scopes = scopesOf(person);
  const whose =
    scopes.length > 1
      ? [
          menu(
            'scope',
            scopes.map((one) => [one, SCOPE_WORDS[one]]),
            scope,
          ),
        ]
      : [];
  const search: Button = button(HOME_SEARCH, 'Search …');
  if (isEmpty && !isFiltered(filters)) return actions(...whose, search);
  return actions(
    ...whose,
    menu('kind', [[ANY, 'Any kind'], ...CASE_KINDS.map((one): Choice => [one, KINDS[one].label])], kind ?? ANY),
    menu('state', [[ANY, 'Any state'], ...QUEUE_STATES.map((one): Choice => [one, wordOf(one)])], state ?? ANY),
    menu(
      'severity',
      [[ANY, 'Any severity'], ...SEVERITIES.map((one): Choice => [one, SEVERITY_WORD[one]])],
      severity ?? ANY,
    ),
    button(HOME_SP, sp ? `SP: ${sp}` : 'SP …'),
    ...(isFiltered(filters) ? [button(HOME_CLEAR, 'Clear filters')] : []),
    search,
  );
}
type Choice = readonly [value: string, label: string];

const wordOf = (state: (typeof QUEUE_STATES)[number]) => {
  const word = state === 'overdue' ? 'overdue' : stateWord(state);
  return capital(word);
};

const PLACEHOLDERS = { scope: 'Whose', kind: 'Kind', state: 'State', severity: 'Severity' } as const;
const menu = (name: keyof typeof PLACEHOLDERS, choices: readonly Choice[], chosen: string): StaticSelect =>
  argMenu(
    name,
    PLACEHOLDERS[name],
    choices.map(([value, label]) => ({ value, label })),
    chosen,
  );
