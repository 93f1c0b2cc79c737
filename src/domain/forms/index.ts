import { CASE_KINDS, type CaseKind, KINDS } from '../kinds';
import type { Form } from './form';

/** The form of a kind of case. */
export const formOf = (kind: CaseKind): Form => KINDS[kind].form;

/** Every form there is, by the kind of case it files. */
export const FORMS = Object.fromEntries(CASE_KINDS.map((kind) => [kind, formOf(kind)])) as Readonly<
  Record<CaseKind, Form>
>;
