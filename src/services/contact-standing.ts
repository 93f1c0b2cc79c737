import { type ContactStanding, contactRule } from '../domain/contact-rule';
import type { ExceptionCode } from '../domain/exception-codes';
import type { ServiceDeps } from './deps';

/** The state of an SJ under the contact rule now: one indexed read. Rejects if the store is unreachable. */
export const contactStanding = async (
  { contacts, now }: ServiceDeps,
  sj: string,
  code: ExceptionCode | null = null,
): Promise<ContactStanding> => contactRule(await contacts.ofSj(sj), now(), code);
