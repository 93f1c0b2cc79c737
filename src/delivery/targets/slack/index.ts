import { plainMessage } from '../../../blocks/plain';
import type { CardPlace } from '../../../domain/mailbox';
import type { TargetContext } from '../context';
import type { Drawn, Failure, Hands, Parcel, Posted, Target } from '../target';
import { classify } from './classify';
import type { Rendered, Written } from './render';
import type { Sender } from './sender';

/** A message may have an earlier ts than its due time: machines' clocks differ from Slack's. */
const LOOK_BACK_MS = 60 * 60_000;

export type SlackDeps = Pick<TargetContext, 'sender' | 'render' | 'patience' | 'postIntervalMs'>;

/** What a Slack channel and a person's DM have in common: everything but who else reads there. */
export function slackTarget({ sender, render, patience, postIntervalMs }: SlackDeps): Omit<Target, 'bars'> {
  const drawn = (written: Written): Drawn => ({
    parcels: written.parcels,
    is: KINDS[written.rendered.is],
    card: standing(written.rendered),
    send: (hands) => send(sender, written, hands),
    plainer(failure) {
      const plain = plainForm(written, failure);
      return plain && drawn(plain);
    },
  });
  return {
    async draw(parcels) {
      const written = await render(parcels);
      return written && drawn(written);
    },
    failureOf: classify,
    patience: patience.slack,
    intervalMs: postIntervalMs,
    serviceOf: () => 'slack',
  };
}

const KINDS: Readonly<Record<Rendered['is'], Drawn['is']>> = {
  post: 'post',
  file: 'post',
  update: 'update',
  trace: 'trace',
};

/** Looks first for what may have arrived, since Slack has no idempotency key, and sends the rest. */
async function send(
  sender: Sender,
  { parcels, rendered }: Written,
  hands: Hands,
): Promise<ReadonlyMap<string, Posted>> {
  const ids = parcels.map(({ delivery }) => delivery.id);
  const all = (posted: Posted) => new Map(ids.map((id) => [id, posted]));
  if (rendered.is === 'update') {
    hands.check();
    return all(await sender.update(rendered.posted, rendered.message));
  }
  const channel = await sender.channelOf(rendered.channel);
  const place = { channel, threadTs: rendered.is === 'trace' ? null : rendered.threadTs };
  const title = rendered.is === 'file' ? rendered.title : undefined;
  for (const { delivery } of parcels) {
    const before = delivery.formerly && (await inThread(sender, delivery.formerly, ids, lookedSince(parcels), title));
    if (before?.size) return before;
  }
  if (rendered.is === 'trace' || parcels.some(({ delivery: { id, tried } }) => tried || hands.isInDoubt(id))) {
    const found = await sender.findAll(place, ids, lookedSince(parcels), title);
    if (found.size || rendered.is === 'trace') return found;
  }
  hands.take();
  if (rendered.is === 'post') return all(await sender.post(place, rendered.message, ...ids));
  return all(await sender.share({ channel, threadTs: rendered.threadTs }, rendered.file, rendered.title));
}

const OUT_OF_SIGHT: readonly Failure['is'][] = ['unreachable', 'gone', 'refused'];

/** What is in the thread of a card that its case left; nothing if Slack does not allow access anymore. */
async function inThread(
  sender: Sender,
  { channel, ts }: CardPlace,
  ...[ids, since, title]: [readonly string[], Date, string | undefined]
): Promise<ReadonlyMap<string, Posted>> {
  try {
    return await sender.findAll({ channel, threadTs: ts }, ids, since, title);
  } catch (error) {
    if (OUT_OF_SIGHT.includes(classify(error).is)) return new Map();
    throw error;
  }
}

function lookedSince(parcels: readonly Parcel[]): Date {
  const moments = parcels.map(({ delivery: { at, tried } }) => +(tried ?? at));
  return new Date(Math.min(...moments) - LOOK_BACK_MS);
}

/** The card that a message is, or belongs under; null for a message without one. */
function standing(rendered: Rendered): string | null {
  if (rendered.is === 'update') return rendered.posted.ts;
  return 'threadTs' in rendered ? rendered.threadTs : null;
}

/** The same message in plain form if Slack refuses its content; null if that does not apply, or there are several. */
function plainForm({ rendered, parcels }: Written, failure: Failure): Written | null {
  const isContent = failure.is === 'refused' || (failure.is === 'unreachable' && failure.plainFirst);
  const [parcel] = parcels;
  if (!isContent || !parcel || parcels.length > 1 || !('message' in rendered)) return null;
  const message = plainMessage(rendered.message, parcel.stored.ref);
  return { parcels, rendered: { ...rendered, message } };
}
