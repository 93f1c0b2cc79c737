import { cleanText, lookAlikeFault } from '../clean-text';

/** The numbers every form asks for (domain section 1), as people type or paste them. */

type Parsed = { ok: true; value: string } | { ok: false; fault: string };

/** Full-width characters become plain ones; white space and what nobody sees goes. */
const squeezed = (raw: string) => cleanText(raw).normalize('NFKC').replace(/\s+/gu, '');

/** What is wrong with a number: a letter that only looks right is named, because nobody would find it. */
const fault = (raw: string, words: string): { ok: false; fault: string } => {
  const look = lookAlikeFault(raw);
  return { ok: false, fault: look ? `This number ${look}.` : words };
};

/** What an SP account number is, in forms, commands and imports alike: as it is stored, upper-cased. */
export const SP_ACCOUNT_FORM = /^[A-Z0-9-]{3,20}$/;
const SP_ACCOUNT_WORDS = '3 to 20 letters, digits or dashes, such as SP-10442';
export const NO_SP_ACCOUNT = `is not an account number: use ${SP_ACCOUNT_WORDS}`;

/** An SP account number as people type it; upper-cased, spaces dropped. */
export function parseSpAccount(raw: string): Parsed {
  const value = squeezed(raw).toUpperCase().replace(/^#/, '');
  return SP_ACCOUNT_FORM.test(value)
    ? { ok: true, value }
    : fault(raw, `Type the SP account number: ${SP_ACCOUNT_WORDS}.`);
}

/** An SJ number: 5 to 12 digits; spaces, dashes and a leading "SJ" are dropped. */
export function parseSjNumber(raw: string): Parsed {
  const value = squeezed(raw)
    .replace(/\p{Pd}/gu, '')
    .replace(/^#?(SJ)?[#:]?/i, '');
  return /^[0-9]{5,12}$/.test(value)
    ? { ok: true, value }
    : fault(raw, 'Type the SJ number: 5 to 12 digits, such as 4471220.');
}
