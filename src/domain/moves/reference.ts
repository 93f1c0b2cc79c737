import type { Fault } from '../forms/form';
import { typedReference } from '../kinds';
import { clip } from '../notes';
import { type DialogContext, type DialogField, type DialogValues, fault, text } from './dialog';

/** Asks for another case: one about the same SJ or SP, or any by its reference. */
export function otherCase({ others }: DialogContext, label: string, hint: string): readonly DialogField[] {
  const typed: DialogField = { kind: 'text', id: 'ref', label, short: true, hint };
  if (!others.length) return [typed];
  return [
    {
      kind: 'choice',
      look: 'static_select',
      id: 'pick',
      label: 'Open cases of the same SJ or SP',
      options: others.map(({ ref, title }) => ({ value: ref, label: clip(`${ref} ${title}`, '…', 75) })),
      optional: true,
    },
    { ...typed, optional: true },
  ];
}

/** The reference typed in the field `ref`, or chosen above it, or what is wrong with it. */
export function readReference(values: DialogValues): { readonly ref: string } | { readonly faults: readonly Fault[] } {
  const ref = typedReference(text(values, 'ref') || text(values, 'pick'));
  return ref ? { ref } : fault('ref', 'Type a reference such as SPF-000123.');
}
