import { isRestricted } from '../../../domain/access';
import { isOfPost } from '../../../domain/mailbox';
import type { TargetContext } from '../context';
import { type SlackDeps, slackTarget } from '../slack';
import type { Parcel, Target } from '../target';

/** A channel: need-to-know text goes there only while no one else reads it. */
export const slackChannelTarget = ({ exposure, ...deps }: SlackDeps & Pick<TargetContext, 'exposure'>): Target => ({
  ...slackTarget(deps),
  async bars(parcels) {
    for (const parcel of parcels) {
      const exposed = isSecret(parcel) ? await exposure(parcel.delivery.lane) : null;
      if (exposed) return exposed;
    }
    return null;
  },
});

/** Whether it contains a need-to-know case's text. */
const isSecret = ({ stored, delivery }: Parcel): boolean =>
  isRestricted(stored.kind) &&
  stored.posts.some((post) => (post.show === 'full' || post.line) && isOfPost(delivery, post));
