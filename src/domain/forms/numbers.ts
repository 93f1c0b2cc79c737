import { RE2JS } from 're2js';
import { z } from 'zod';
import { cleanText, lookAlikeFault, plainForm } from '../clean-text';

/** The numbers that every form asks for (domain section 1), as people type or paste them, in the business's formats. */

export type Parsed = { ok: true; value: string } | { ok: false; fault: string };

export const NUMBER_MAX = 40;
/** Whether it may be a stored number, in whatever format the policy asked for then. */
export const isStoredNumber = (text: string): boolean => text.length <= NUMBER_MAX && /^\S+$/.test(text);

/** A number's format: all of it matches the pattern, in RE2 syntax, which no input can make slow. */
const NumberRule = z
  .strictObject({ pattern: z.string().trim().min(1).max(200), example: z.string().trim().min(1).max(NUMBER_MAX) })
  .superRefine(({ pattern, example }, context) => {
    const fault = ruleFault(pattern, example);
    if (fault) context.addIssue({ code: 'custom', path: [fault.field], message: fault.message });
  });
export type NumberRule = z.infer<typeof NumberRule>;

const STANDARD = {
  sp_account: { pattern: '[A-Z0-9-]{3,20}', example: 'SP-10442' },
  sj: { pattern: '[0-9]{5,12}', example: '4471220' },
} as const;
export const NumberRules = z.strictObject({
  sp_account: NumberRule.default(STANDARD.sp_account),
  sj: NumberRule.default(STANDARD.sj),
});
export type NumberRules = z.infer<typeof NumberRules>;

/** How the business's own numbers are parsed. */
export interface Numbers {
  /** An SP account as people type it: upper case, without spaces. */
  readonly parseSpAccount: (raw: string) => Parsed;
  /** An SJ number: as typed, or else without a leading "SJ", or without its dashes. */
  readonly parseSjNumber: (raw: string) => Parsed;
  /** What an account has to look like, as the rest of a sentence. */
  readonly accountWords: string;
}

function ruleFault(pattern: string, example: string): { field: 'pattern' | 'example'; message: string } | null {
  if (!compiled(pattern))
    return {
      field: 'pattern',
      message: 'This pattern cannot be read: look-ahead, back references and open brackets are not allowed.',
    };
  if (!/^[A-Z0-9-]+$/i.test(example))
    return {
      field: 'example',
      message: 'Use letters, digits and dashes only: other characters separate numbers typed in a row.',
    };
  if (!/\d/.test(example)) return { field: 'example', message: 'A number needs a digit, to tell it from words.' };
  if (!fits(pattern, example))
    return { field: 'example', message: `The pattern does not match ${example}: change one of the two.` };
  if (fits(pattern, ''))
    return { field: 'pattern', message: 'This pattern matches nothing at all, too: ask for one character at least.' };
  return null;
}

/** A pattern that RE2 accepts, matched in linear time; else null. */
function compiled(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
const fits = (pattern: string, text: string): boolean => compiled(pattern)?.matches(text) ?? false;

/** Makes full-width characters and other dashes plain; drops white space and invisible characters. */
const squeezed = (raw: string) => plainForm(cleanText(raw)).replace(/\s+/gu, '').toUpperCase();

/** What is wrong with a number. Look-alike letters are named, because no one would find them. */
const fault = (raw: string, words: string): { ok: false; fault: string } => {
  const look = lookAlikeFault(raw);
  return { ok: false, fault: look ? `This number ${look}.` : words };
};

const described = ({ pattern, example }: NumberRule, standard: NumberRule, words: string): string =>
  pattern === standard.pattern ? `${words}, such as ${example}` : `one such as ${example}`;

/** Parses numbers by these rules. */
export function numbersOf({ sp_account, sj }: NumberRules): Numbers {
  const account = compiled(sp_account.pattern);
  const job = compiled(sj.pattern);
  const accountWords = described(sp_account, STANDARD.sp_account, '3 to 20 letters, digits or dashes');
  const jobWords = described(sj, STANDARD.sj, '5 to 12 digits');
  const first = (raw: string, pattern: RE2JS | null, ways: readonly string[], words: string): Parsed => {
    const value = ways.find((way) => way.length <= NUMBER_MAX && pattern?.matches(way));
    return value === undefined ? fault(raw, words) : { ok: true, value };
  };
  return {
    accountWords,
    parseSpAccount(raw) {
      const value = squeezed(raw);
      return first(raw, account, [value.replace(/^#/, '')], `Type the SP account number: ${accountWords}.`);
    },
    parseSjNumber(raw) {
      const value = squeezed(raw);
      const bare = value.replace(/^#?(SJ)?[#:]?-*/, '');
      return first(raw, job, [value, bare, bare.replaceAll('-', '')], `Type the SJ number: ${jobWords}.`);
    },
  };
}

/** Until the business sets its own. */
export const STANDARD_NUMBERS: Numbers = numbersOf(STANDARD);
