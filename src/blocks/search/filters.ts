import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { stateWord } from '../../domain/case-words';
import type { Area } from '../../domain/directory';
import { CASE_KINDS, KINDS } from '../../domain/kinds';
import { OUTCOMES } from '../../domain/outcomes';
import { SEARCH_STATES, type SearchEntries, TEXT_MAX } from '../../domain/search';
import { capital } from '../../domain/wording';
import { SEARCH_CALLBACK } from '../../slack/ids/search';
import { asking, field } from '../lines';
import { plainText } from '../text';

/** Slack's limit of options in a menu. */
const MOST_OPTIONS = 100;
type Field = keyof SearchEntries;

/** The search window; all fields are optional. `entries`: what is already in it. */
export function searchFilters(entries: SearchEntries, areas: readonly Area[]): ModalView {
  const line = (block: 'text' | 'ref' | 'account' | 'sj' | 'area', label: string, hint?: string) =>
    input(block, label, hint, {
      type: 'plain_text_input',
      max_length: TEXT_MAX,
      ...(entries[block] ? { initial_value: entries[block].slice(0, TEXT_MAX) } : {}),
    });
  const list = (block: 'kinds' | 'states' | 'outcomes', label: string, options: readonly PlainTextOption[]) => {
    const initial = options.filter(({ value }) => value && entries[block]?.includes(value));
    return input(block, label, undefined, {
      type: 'multi_static_select',
      placeholder: plainText('Any'),
      options: [...options],
      ...(initial.length ? { initial_options: initial } : {}),
    });
  };
  const day = (block: 'from' | 'to', label: string) =>
    input(block, label, undefined, {
      type: 'datepicker',
      ...(entries[block] ? { initial_date: entries[block] } : {}),
    });

  return asking(SEARCH_CALLBACK, { title: 'Search cases', submit: 'Search', close: 'Close' }, [
    line(
      'text',
      'Words',
      'Searches what was written, notes and SP names for all of these words; leak* finds leaks and leaking.',
    ),
    line('account', 'SP Account Number'),
    line('sj', 'SJ Number'),
    line('ref', 'Reference', 'Such as SPF-000123.'),
    list(
      'kinds',
      'Kind',
      CASE_KINDS.map((kind) => option(kind, KINDS[kind].label)),
    ),
    list(
      'states',
      'State',
      SEARCH_STATES.map((state) => option(state, capital(stateWord(state)))),
    ),
    list(
      'outcomes',
      'Outcome',
      OUTCOMES.map(({ code, label }) => option(code, label)),
    ),
    ...(areas.length > MOST_OPTIONS ? [line('area', 'Area', 'Its full name.')] : []),
    ...(areas.length && areas.length <= MOST_OPTIONS ? [areaMenu(areas, entries.area)] : []),
    day('from', 'Filed on or after'),
    day('to', 'Filed on or before'),
    input('filedBy', 'Filed by', undefined, {
      type: 'users_select',
      placeholder: plainText('Anyone'),
      ...(entries.filedBy ? { initial_user: entries.filedBy } : {}),
    }),
  ]);
}

function areaMenu(areas: readonly Area[], chosen: string | undefined): InputBlock {
  const options = areas.map(({ name }) => option(name, name));
  const initial = options.find(({ value }) => value === chosen);
  return input('area', 'Area', undefined, {
    type: 'static_select',
    placeholder: plainText('Any'),
    options,
    ...(initial ? { initial_option: initial } : {}),
  });
}

const input = (block: Field, label: string, hint: string | undefined, element: InputBlock['element']): InputBlock =>
  field(block, label, element, { optional: true, ...(hint ? { hint } : {}) });

const option = (value: string, label: string): PlainTextOption => ({ text: plainText(label, 75), value });
