import { z } from 'zod';
import { cleanText } from '../domain/clean-text';
import { DIALOG_INPUT } from './ids/case-dialog';
import { SP_CONTACT_REACHED } from './ids/contact';
import { Element } from './read-window';

const Values = z.record(z.string(), z.record(z.string(), Element));

/** What was entered about an attempt; empty fields are empty texts. */
export interface ContactValues {
  readonly sj: string;
  readonly reached: string;
  readonly outcome: string;
  readonly resolved: string;
  readonly left: readonly string[];
}

/** Throws a ZodError if the state does not have Slack's shape. */
export function readContactValues(state: unknown): ContactValues {
  const values = Values.parse(state);
  const input = (block: string) => values[block]?.[DIALOG_INPUT];
  return {
    sj: input('sj')?.value ?? '',
    reached: input(SP_CONTACT_REACHED)?.selected_option?.value ?? '',
    outcome: cleanText(input('outcome')?.value ?? ''),
    resolved: input('resolved')?.selected_option?.value ?? '',
    left: (input('left')?.selected_options ?? []).map(({ value }) => value),
  };
}
