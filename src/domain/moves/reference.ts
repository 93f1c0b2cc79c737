import type { Fault } from '../forms/form';
import { parseReference } from '../kinds';
import { type DialogValues, fault, text } from './dialog';

/** The reference typed in the field `ref`, or what is wrong with it. */
export function readReference(values: DialogValues): { readonly ref: string } | { readonly faults: readonly Fault[] } {
  const ref = parseReference(text(values, 'ref'));
  return ref ? { ref } : fault('ref', 'Type a reference such as SPF-000123.');
}
