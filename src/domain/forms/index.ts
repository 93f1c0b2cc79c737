import { CASE_KINDS, KINDS } from '../kinds';
import type { CaseKind } from '../kinds/code';
import type { Form } from './form';

export const formOf = (kind: CaseKind): Form => KINDS[kind].form;

/** Every form, by kind. */
export const FORMS = Object.fromEntries(CASE_KINDS.map((kind) => [kind, formOf(kind)])) as Readonly<
  Record<CaseKind, Form>
>;
