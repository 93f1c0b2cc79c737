/** The numbers every form asks for (domain section 1), as people type or paste them. */

type Parsed = { ok: true; value: string } | { ok: false; fault: string };

/** Full-width and other look-alike characters become plain ones; white space goes. */
const squeezed = (raw: string) => raw.normalize('NFKC').replace(/\s+/gu, '');

/** An SP account number: 3 to 20 of A-Z, 0-9 and dashes; upper-cased, spaces dropped. */
export function parseSpAccount(raw: string): Parsed {
  const value = squeezed(raw).toUpperCase();
  return /^[A-Z0-9-]{3,20}$/.test(value)
    ? { ok: true, value }
    : { ok: false, fault: 'Type the SP account number: 3 to 20 letters, digits or dashes, such as SP-10442.' };
}

/** An SJ number: 5 to 12 digits; spaces, dashes and a leading "SJ" are dropped. */
export function parseSjNumber(raw: string): Parsed {
  const value = squeezed(raw)
    .replace(/\p{Pd}/gu, '')
    .replace(/^SJ#?/i, '');
  return /^[0-9]{5,12}$/.test(value)
    ? { ok: true, value }
    : { ok: false, fault: 'Type the SJ number: 5 to 12 digits, such as 4471220.' };
}
