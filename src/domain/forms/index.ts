import { type CaseKind, KINDS } from '../kinds';
import type { Form } from './form';
import { spFeedback } from './sp-feedback';

/** Every form there is, by the kind of case it files. */
export const FORMS: Partial<Readonly<Record<CaseKind, Form>>> = { sp_feedback: spFeedback };

/** The form of a kind of case. Throws when that kind has none: nothing can file it then. */
export function formOf(kind: CaseKind): Form {
  const form = FORMS[kind];
  if (!form)
    throw new Error(`${KINDS[kind].label} cannot be filed with a form yet; only ${Object.keys(FORMS).join(', ')} can.`);
  return form;
}
