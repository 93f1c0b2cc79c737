import { type NumberRules, type Numbers, numbersOf } from '../domain/forms/numbers';
import type { Directory } from './ports/directory';

/** By the rules of one reading of the policy: compiling their patterns takes longer than all else about a number. */
const MADE = new WeakMap<NumberRules, Numbers>();

/** How SP accounts and SJ numbers are parsed under the policy in force. Rejects if that was never read. */
export async function numbersFor({ directory }: { readonly directory: Pick<Directory, 'policy'> }): Promise<Numbers> {
  const { numbers: rules } = await directory.policy();
  const numbers = MADE.get(rules) ?? numbersOf(rules);
  MADE.set(rules, numbers);
  return numbers;
}
