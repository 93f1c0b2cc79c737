import { z } from 'zod';
import { CASE_KINDS } from '../kinds';
import type { CaseKind } from '../kinds/code';
import { type Lane, laneAt, prefixed, type TargetRules } from './target';

const NAME = /^[a-z][a-z0-9-]{0,29}$/;
const SECRET = /^WEBHOOK_SECRET_[A-Z0-9_]{1,40}$/;

/** Where case events are posted, as the policy names it. Its secret is in the environment, never here. */
export const Webhook = z.strictObject({
  name: z.string().regex(NAME, 'use lowercase letters, digits and dashes for its name, such as crm'),
  url: z
    .url({ protocol: /^https?$/, error: 'use an address such as https://crm.example.com/warmline', abort: true })
    .max(300)
    .refine((url) => {
      const { username, password, hash } = new URL(url);
      return !username && !password && !hash;
    }, 'use an address without a password and without a #'),
  /** Empty: every kind. */
  kinds: z.array(z.enum(CASE_KINDS)).default([]),
  /** Whether it may read need-to-know cases; otherwise it gets their reference, kind and state (domain section 10). */
  need_to_know: z.boolean().default(false),
  /** Whether the daily hash of all records is posted to it; it names no case (domain section 10). */
  anchors: z.boolean().default(false),
  secret: z.string().regex(SECRET, 'name an environment variable such as WEBHOOK_SECRET_CRM'),
});
export type Webhook = z.infer<typeof Webhook>;

/** The lane of the webhook with this name. */
export const laneOf = (name: string): Lane => laneAt('webhook', name);
/** The name of this lane's webhook. */
export const nameInLane = (lane: Lane): string => prefixed('webhook', lane) ?? '';

export const wants = ({ kinds }: Webhook, kind: CaseKind): boolean => !kinds.length || kinds.includes(kind);

/** Webhooks: no rung names one; they get every event of the cases they may know of. */
export const webhook: TargetRules = {
  name: 'webhook',
  address: { is: (lane) => NAME.test(nameInLane(lane)), named: (lane) => `the webhook ${nameInLane(lane)}` },
  rung: null,
  unset: null,
  isMachine: true,
  faults: {
    webhook_no_secret:
      'Its secret is not set where Warmline runs: set the variable that the policy names, and restart.',
    webhook_secret: 'Its secret cannot be read: give one of 24 to 64 bytes as whsec_ and base64.',
    webhook_private: 'Its address is on a private network: choose a public one, or set WEBHOOKS_ALLOW_PRIVATE=yes.',
    webhook_insecure: 'Its address is not https: choose one that is.',
    webhook_redirect: 'Its address redirects, and Warmline does not follow redirects: give the final address.',
    webhook_gone: 'It says that it is gone for good: take it out of the policy, or give its new address.',
  },
};
