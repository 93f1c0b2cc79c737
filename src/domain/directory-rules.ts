import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { Area, ServiceProvider } from './directory';
import { NO_SP_ACCOUNT, SP_ACCOUNT_FORM } from './forms/numbers';

/** What is wrong with a value, as a sentence that says what to do. `field` is the value's own name. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The longest name of an area: menus, buttons and keys hold it whole. */
export const AREA_NAME_MAX = 75;

/** What is wrong with an area's name and time zone. */
export function areaFaults({ name, timeZone }: Pick<Area, 'name' | 'timeZone'>): FieldFault[] {
  const faults: FieldFault[] = [];
  if (name === '') faults.push({ field: 'name', message: 'is empty: name the area' });
  else if (name.length > AREA_NAME_MAX)
    faults.push({ field: 'name', message: `is longer than ${AREA_NAME_MAX} characters: shorten it` });
  else if (name !== name.trim() || /[|\n]/.test(name))
    faults.push({ field: 'name', message: 'has a bar, a line break or spaces around it: leave them out' });
  if (!IANAZone.isValidZone(timeZone))
    faults.push({
      field: 'timeZone',
      message: `${timeZone || 'nothing'} is no time zone: use an IANA name such as America/Denver`,
    });
  return faults;
}

/** An SP as somebody wrote it; empty where they gave nothing. */
export type GivenProvider = { readonly [Field in keyof ServiceProvider]: string };

const orNull = z.string().transform((text) => text || null);
const Provider = z.object({
  account: z.string().toUpperCase().regex(SP_ACCOUNT_FORM, NO_SP_ACCOUNT),
  name: z.string().min(1, 'is empty: give the name of the SP').max(200, 'is longer than 200 characters'),
  area: z.string(),
  phone: orNull,
  email: z
    .literal('')
    .or(z.email('is no e-mail address: correct it or leave it empty'))
    .transform((text) => text || null),
  status: z.preprocess(
    (text) => (text === '' ? 'active' : String(text).toLowerCase()),
    z.enum(['active', 'inactive'], { error: 'is neither active nor inactive' }),
  ),
});

/** An SP from what was written, or everything that is wrong with it. */
export function readProvider(
  given: GivenProvider,
): { readonly ok: true; readonly provider: ServiceProvider } | { readonly ok: false; readonly faults: FieldFault[] } {
  const read = Provider.safeParse(given);
  if (read.success) return { ok: true, provider: read.data };
  const faults = read.error.issues.map(({ path, message }) => {
    const field = String(path[0]) as keyof ServiceProvider;
    return { field, message: `${given[field]} ${message}`.trim() };
  });
  return { ok: false, faults };
}
