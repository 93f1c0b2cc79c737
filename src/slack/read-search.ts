import { z } from 'zod';
import type { SearchEntries } from '../domain/search';
import { DIALOG_INPUT } from './ids/case-dialog';
import { Element } from './read-window';

/** What was entered in the search window, by field. Throws a ZodError if the state does not have Slack's shape. */
export function readSearchEntries(values: unknown): SearchEntries {
  const blocks = z.record(z.string(), z.record(z.string(), Element)).parse(values);
  const one = (field: keyof SearchEntries) => {
    const { value, selected_option, selected_user, selected_date } = blocks[field]?.[DIALOG_INPUT] ?? {};
    const entered = value ?? selected_option?.value ?? selected_user ?? selected_date;
    return entered ? { [field]: entered } : {};
  };
  const many = (field: keyof SearchEntries) => {
    const entered = blocks[field]?.[DIALOG_INPUT]?.selected_options ?? [];
    return entered.length ? { [field]: entered.map(({ value }) => value) } : {};
  };
  return {
    ...one('text'),
    ...one('ref'),
    ...one('account'),
    ...one('sj'),
    ...many('kinds'),
    ...many('states'),
    ...many('outcomes'),
    ...one('area'),
    ...one('from'),
    ...one('to'),
    ...one('filedBy'),
  };
}
