import { IANAZone } from 'luxon';
import { z } from 'zod';
import { cleanText, lookAlikeFault, plainForm, shown } from './clean-text';
import { type Area, type ServiceProvider, STANDINGS } from './directory';
import type { Numbers } from './forms/numbers';

/** What is wrong with a value, as a sentence that says what to do. `field`: the value's own name. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The longest area name that menus, buttons and keys can hold. */
export const AREA_NAME_MAX = 75;

/** The key of the calendar of every area without one of its own. */
export const EVERY_OTHER = 'default';

export function areaFaults({ name, timeZone }: Pick<Area, 'name' | 'timeZone'>): FieldFault[] {
  const faults: FieldFault[] = [];
  if (name === '') faults.push({ field: 'name', message: 'is empty: name the area' });
  else if (name.length > AREA_NAME_MAX)
    faults.push({ field: 'name', message: `is longer than ${AREA_NAME_MAX} characters: shorten it` });
  else if (name !== name.trim() || /[|\n]/.test(name))
    faults.push({ field: 'name', message: 'has a bar, a line break or spaces around it: leave them out' });
  else if (name === EVERY_OTHER)
    faults.push({
      field: 'name',
      message: 'is what policies call all areas without a calendar of their own: choose another name',
    });
  const alike = /\p{Script=Latin}/u.test(name) ? lookAlikeFault(name) : null;
  if (alike) faults.push({ field: 'name', message: alike });
  if (!IANAZone.isValidZone(timeZone))
    faults.push({
      field: 'timeZone',
      message: `${shown(timeZone) || 'nothing'} is not a time zone: use an IANA name such as America/Denver`,
    });
  return faults;
}

/** An SP as someone wrote it; fields left out are empty. */
export type GivenProvider = { readonly [Field in keyof ServiceProvider]: string };

/** An account number as stored. */
const asAccount = (text: string) => plainForm(text).toUpperCase();

/** The account number in a file's row, as stored, or what is wrong with it. */
export function readAccount(
  given: string,
  numbers: Numbers,
): { readonly account: string; readonly fault: string | null } {
  const account = asAccount(given);
  if (isAccount(account, numbers)) return { account, fault: null };
  return { account, fault: `${shown(given) || 'nothing'} ${lookAlikeFault(given) ?? noAccount(numbers)}` };
}

/** Whether it is one as written: files and the directory have it without spaces. */
const isAccount = (account: string, { parseSpAccount }: Numbers): boolean => {
  const parsed = parseSpAccount(account);
  return parsed.ok && parsed.value === account;
};

const noAccount = ({ accountWords }: Numbers) => `is not an account number: use ${accountWords}`;

const orNull = z.string().transform((text) => text || null);
const Provider = z.object({
  account: z.string().transform(asAccount),
  name: z.string().min(1, 'is empty: give the name of the SP').max(200, 'is longer than 200 characters'),
  area: z.string(),
  phone: z.string().max(50, 'is longer than 50 characters').pipe(orNull),
  email: z
    .literal('')
    .or(z.email('is not an email address: correct it or leave it empty').max(254, 'is longer than 254 characters'))
    .transform((text) => text || null),
  status: z.preprocess(
    (text) =>
      text === ''
        ? 'active'
        : String(text)
            .toLowerCase()
            .replace(/[\s-]+/g, '_'),
    z.enum(STANDINGS, { error: 'must be active, on notice, inactive, suspended or removed' }),
  ),
});

/** Fields with plain letters only, where another script's letter is a mistake. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['account', 'email', 'status'] satisfies (keyof ServiceProvider)[]);

/**
 * An SP from what was written, or everything that is wrong with it. `numbers`: null if the directory has the account,
 * which may be of a former format.
 */
export function readProvider(
  given: GivenProvider,
  numbers: Numbers | null,
): { readonly ok: true; readonly provider: ServiceProvider } | { readonly ok: false; readonly faults: FieldFault[] } {
  const { account, name, area, phone, email, status } = given;
  const cleaned: GivenProvider = {
    account: cleanText(account),
    name: cleanText(name),
    area: cleanText(area),
    phone: cleanText(phone),
    email: cleanText(email),
    status: cleanText(status),
  };
  const read = Provider.safeParse(cleaned);
  const misfit = numbers && !isAccount(asAccount(cleaned.account), numbers) ? noAccount(numbers) : null;
  if (read.success && misfit === null) return { ok: true, provider: read.data };
  const fault = (field: keyof ServiceProvider, message: string): FieldFault => {
    const alike = PLAIN_FIELDS.has(field) ? lookAlikeFault(cleaned[field]) : null;
    return { field, message: `${shown(cleaned[field])} ${alike ?? message}`.trim() };
  };
  const others = read.error?.issues.map(({ path, message }) =>
    fault(String(path[0]) as keyof ServiceProvider, message),
  );
  return { ok: false, faults: [...(misfit === null ? [] : [fault('account', misfit)]), ...(others ?? [])] };
}
