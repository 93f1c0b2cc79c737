import type { Actor } from '../case';

/** A piece of a sentence. `exact` moments are shown to the second: something is refused until then. */
export type Said = string | { readonly at: Date; readonly exact?: boolean } | { readonly user: Actor };

/** What a person may do about an SJ's contact attempts from a button (domain section 6). */
export const CONTACT_ACTIONS = ['remind_me', 'record_attempt', 'escalate'] as const;
export type ContactAction = (typeof CONTACT_ACTIONS)[number];

/** The job that a button is about; `sp` is empty while no account was given. */
export interface ContactSubject {
  readonly sp: string;
  readonly sj: string;
}

/** What a procedure tells above the answers of its form, and what it offers to do about it. */
export interface FormNotice {
  readonly say: readonly Said[];
  readonly offers: readonly ContactAction[];
  readonly about: ContactSubject;
}
