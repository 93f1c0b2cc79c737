import { type Numbers, numbersOf } from '../domain/forms/numbers';
import type { Directory } from './ports/directory';

/** How SP accounts and SJ numbers are parsed under the policy in force. Rejects if that was never read. */
export const numbersFor = async ({ directory }: { readonly directory: Pick<Directory, 'policy'> }): Promise<Numbers> =>
  numbersOf((await directory.policy()).numbers);
