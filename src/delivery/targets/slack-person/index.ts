import { type SlackDeps, slackTarget } from '../slack';
import type { Target } from '../target';

/** A person's DM with Warmline, which no one else reads. */
export const slackPersonTarget = (deps: SlackDeps): Target => ({ ...slackTarget(deps), bars: async () => null });
