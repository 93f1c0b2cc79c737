import { cleanText, plainForm } from '../clean-text';
import type { CaseKind } from './code';
import { exception } from './exception';
import { highRisk } from './high-risk';
import type { Kind } from './kind';
import { leadership } from './leadership';
import { providerReport } from './provider-report';
import { spFeedback } from './sp-feedback';

/**
 * The kinds of case, in the order offered (domain section 2): one line each, and a folder with everything about it. One
 * that is only here, or that only its folder declares, does not compile.
 */
export const KINDS: { readonly [Code in CaseKind]: Kind<Code> } = {
  sp_feedback: spFeedback,
  exception,
  high_risk: highRisk,
  leadership,
  provider_report: providerReport,
};
export const CASE_KINDS = Object.keys(KINDS) as [CaseKind, ...CaseKind[]];

/** The one kind with this property; null: none has it. */
export const kindThat = (says: (kind: Kind) => unknown): CaseKind | null =>
  CASE_KINDS.find((kind) => says(KINDS[kind])) ?? null;

const PREFIXES = CASE_KINDS.map((kind) => KINDS[kind].prefix).join('|');
const REFERENCE = new RegExp(`^(${PREFIXES})-\\d{6,}$`);
const REFERENCES = new RegExp(`\\b(${PREFIXES})-\\d{6,}\\b`, 'g');
/** The references in a sentence of ours. */
export const referencesIn = (text: string): readonly string[] => text.match(REFERENCES) ?? [];
/** Slack's markup around a copied reference: a link's address, style marks. */
const AROUND = /^<[^|>]*\|(.*)>$/;
const MARKS = /^[\s#*_~`"'“”(<[]+|[\s*_~`"'“”)>\].,;:!?]+$/g;
/**
 * A case's reference as people type or paste it, in its stored form (`SPF-000123`), or null: with any dash, invisible
 * characters and surrounding marks.
 */
export function parseReference(raw: string): string | null {
  const text = plain(raw);
  const ref = (AROUND.exec(text)?.[1] ?? text).replace(MARKS, '').replace(/\s*-\s*/u, '-');
  return REFERENCE.test(ref) ? ref : null;
}

const SHORT = new RegExp(`^(${PREFIXES})\\s*-?\\s*0*(\\d{1,9})$`);
/** The same where nothing but a reference can be meant: people leave out zeros and the dash ("spf 123"). */
export function typedReference(raw: string): string | null {
  const whole = parseReference(raw);
  if (whole) return whole;
  const [, prefix, number] = SHORT.exec(plain(raw).replace(MARKS, '')) ?? [];
  return prefix && number ? `${prefix}-${number.padStart(6, '0')}` : null;
}
const plain = (text: string) => plainForm(cleanText(text)).toUpperCase();

/** Whether a text names this case, not one whose reference begins with this one. */
export const isNamed = (ref: string, text: string): boolean => new RegExp(`${ref}(?!\\d)`).test(plain(text));
