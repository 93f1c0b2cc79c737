import { type SlackDeps, slackTarget } from '../slack';
import type { Target } from '../target';

/** A person's DM with Warmline: no one else reads there. */
export const slackPersonTarget = (deps: SlackDeps): Target => ({ ...slackTarget(deps), bars: async () => null });
