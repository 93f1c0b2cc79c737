import type { Actor } from '../actor';

/** A piece of a sentence. `exact` times are shown to the second: something is refused until then. */
export type Said = string | { readonly at: Date; readonly exact?: boolean } | { readonly user: Actor };

/** What a button lets a person do about an SJ's contact attempts (domain section 6). */
export const CONTACT_ACTIONS = ['remind_me', 'record_attempt', 'escalate'] as const;
export type ContactAction = (typeof CONTACT_ACTIONS)[number];

/** The job that a button is about; `sp` is empty while there is no account. */
export interface ContactSubject {
  readonly sp: string;
  readonly sj: string;
}

/** What a procedure shows above the form's answers, and the buttons it offers. */
export interface FormNotice {
  readonly say: readonly Said[];
  readonly offers: readonly ContactAction[];
  readonly about: ContactSubject;
}
