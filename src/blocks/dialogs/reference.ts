import type { Fault } from '../../domain/forms/form';
import { parseReference } from '../../domain/kinds';
import { type DialogValues, text } from './dialog';

/** The reference typed in the field `ref`, or what is wrong with it. */
export function readReference(values: DialogValues): { ref: string } | { faults: readonly Fault[] } {
  const ref = parseReference(text(values, 'ref'));
  return ref ? { ref } : { faults: [{ question: 'ref', message: 'Type a reference such as SPF-000123.' }] };
}
