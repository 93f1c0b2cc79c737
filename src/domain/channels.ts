import { z } from 'zod';

/** The channels that a policy names, as ids once imported. */
export const Channels = z.strictObject({
  fallback: z.string().nullable().default(null),
  risk: z.string().nullable().default(null),
  leadership: z.string().nullable().default(null),
  provider_advocate: z.string().nullable().default(null),
  admin_review: z.string().nullable().default(null),
  recognition: z.string().nullable().default(null),
  /** Used for leadership unless there is a specific place: see `leadershipPlace`. */
  nudges: z.string().nullable().default(null),
  transfers: z.string().nullable().default(null),
  reports: z.string().nullable().default(null),
  proof: z.string().nullable().default(null),
});
export type Channels = z.infer<typeof Channels>;
