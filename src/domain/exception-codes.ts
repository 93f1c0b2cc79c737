import type { Tone } from './severity';

/** What an exception code means (domain section 6). */
interface CodeFacts {
  /** Its meaning in a few words: at most 75 characters. */
  readonly means: string;
  readonly tone: Tone;
  /** Needs no contact attempts. */
  readonly exempt?: true;
  /** Great service: recognition, and nothing to fix. */
  readonly praise?: true;
  /** What happened needs no explanation. */
  readonly saysAll?: true;
  /** A sentence for the agent to say if the form's own does not fit. */
  readonly say?: string;
}

/** Every exception code, in the order offered. Codes are stored, so they never change once data exists. */
const CODES = {
  COACH: {
    means: 'Needs coaching; no contact attempt needed',
    tone: 'negative',
    exempt: true,
    say: 'Thank you for telling me. I will pass it on.',
  },
  'GREAT SVC': {
    means: 'Great service; no contact attempt needed',
    tone: 'positive',
    exempt: true,
    praise: true,
    say: 'That is good to hear. I will make sure that it is recognized.',
  },
  'HI COST': { means: 'High cost or billing dispute', tone: 'negative' },
  MISDIAG: { means: 'Misdiagnosis', tone: 'negative' },
  'MISSED APPT': { means: 'Missed appointment', tone: 'negative', saysAll: true },
  NCNS: { means: 'No call, no show', tone: 'negative', saysAll: true },
  'NO RESPONSE': { means: 'No response to customer', tone: 'negative', saysAll: true },
  'NO WORK': { means: 'Refused or did no work', tone: 'negative' },
  PROCESS: { means: 'Did not follow process', tone: 'negative' },
  'PROFILE UPDATE': { means: 'Profile out of date', tone: 'neutral' },
  'SP UNRESPONSIVE': { means: 'SP unresponsive to us', tone: 'negative', saysAll: true },
  UNPROFESSIONAL: { means: 'Rude or unprofessional', tone: 'negative' },
  WORKMANSHIP: { means: 'Poor workmanship', tone: 'negative' },
} as const satisfies Readonly<Record<string, CodeFacts>>;

export type ExceptionCode = keyof typeof CODES;
export const EXCEPTION_CODES = Object.keys(CODES) as [ExceptionCode, ...ExceptionCode[]];

/** The facts of a code; null if it is not one. */
export const codeFacts = (code: unknown): CodeFacts | null => {
  const known = EXCEPTION_CODES.find((one) => one === code);
  return known ? CODES[known] : null;
};

/** The code that an answer holds, or null. */
export const readCode = (answer: unknown): ExceptionCode | null =>
  EXCEPTION_CODES.find((code) => code === answer) ?? null;

/** The codes with their meanings, as options. */
export const CODE_OPTIONS = EXCEPTION_CODES.map((code) => ({ code, label: code, description: CODES[code].means }));
