import { clip } from '../notes';
import type { Answer, Answers, Option, Question } from './form';
import { NUMBER_MAX, STANDARD_NUMBERS } from './numbers';

/** The limit of a story: what one Slack input holds. */
export const STORY_MAX = 3000;
/** The limit of a name, a place or a short explanation. */
export const LINE_MAX = 300;

/** A list of options fixed by the procedure, code by label. */
export const fixed = (labels: Readonly<Record<string, string>>): (() => readonly Option[]) => {
  const list = Object.entries(labels).map(([code, label]): Option => ({ code, label }));
  return () => list;
};

/** The codes chosen in a list, or the one answer of a question; empty when unanswered. */
export const chosen = (answers: Answers, id: string): readonly string[] => [answers[id] ?? []].flat();

/** The codes with the same meaning in another question, each once; codes without one are dropped. */
export const translated = (codes: readonly string[], meaning: Readonly<Record<string, string>>): string[] => [
  ...new Set(codes.flatMap((code) => meaning[code] ?? [])),
];

/** The first text, then the rest in its own paragraphs, as far as there is room. */
export function story(first: Answer | undefined, rest?: Answer): string {
  const parts = [first, rest].flatMap((part) => (typeof part === 'string' ? [part] : []));
  const [begins = ''] = parts;
  const whole = clip(parts.join('\n\n'), '…', STORY_MAX);
  return whole.startsWith(begins) ? whole : begins;
}

/** The two numbers that most forms begin with (domain section 1). */
export const SP_ACCOUNT = {
  id: 'sp_account',
  kind: 'text',
  label: 'SP Account Number',
  maxLength: NUMBER_MAX,
  parse: STANDARD_NUMBERS.parseSpAccount,
  live: true,
} as const satisfies Question;

export const SJ = {
  id: 'sj',
  kind: 'text',
  label: 'SJ Number',
  maxLength: NUMBER_MAX,
  parse: STANDARD_NUMBERS.parseSjNumber,
  live: true,
} as const satisfies Question;

/** The *identity verified* tick that comes before personal details (domain section 11). */
export const identityTick = (when?: (answers: Answers) => boolean): Question => ({
  id: 'identity_tick',
  kind: 'many_of',
  label: 'Identity verified',
  options: fixed({ verified: 'Yes' }),
  optional: true,
  ...(when && { when }),
});

/** Who came: optional, one line, so that no one has to look it up on the call (domain section 12). */
export const driver = (when?: (answers: Answers) => boolean): Question => ({
  id: 'driver',
  kind: 'text',
  holds: 'driver',
  label: 'Driver or technician',
  placeholder: 'Name, badge or license number, truck or unit',
  maxLength: DRIVER_MAX,
  optional: true,
  ...(when && { when }),
});
/** The limit of a person's line. */
const DRIVER_MAX = 150;

/** Evidence of a report (domain section 4): files and the recorded call. */
export const EVIDENCE: readonly Question[] = [
  { id: 'evidence', kind: 'files', label: 'Evidence', maxFiles: 10, optional: true, extra: true },
  {
    id: 'call_recording',
    kind: 'text',
    label: 'Link to the recorded call',
    maxLength: LINE_MAX,
    parse: parseLink,
    optional: true,
    extra: true,
  },
];

function parseLink(raw: string): { ok: true; value: string } | { ok: false; fault: string } {
  const value = raw.trim();
  return /^https?:\/\/\S+$/i.test(value) && URL.canParse(value)
    ? { ok: true, value }
    : { ok: false, fault: 'Paste the whole link, starting with https://.' };
}
