import type { Actor, MessageReading } from '../../sandbox/workspace';
import { type FormSubmission, submitForm } from './filed';
import type { World } from './world';

/** Opens the feedback form about an SP of area West and gives the fewest answers, without submitting. */
export async function fillFeedback(actor: Actor, sj: string, account = 'ACC100'): Promise<void> {
  await actor.command(`/sp-feedback ${account} ${sj}`, 'call-floor');
  await actor.waitForModal();
  await actor.fill({
    'Reason For Feedback': 'Recall Reassignment: Account Inactive',
  });
}

/** Files feedback; returns the result, including the confirmation. */
export async function fileFeedback(actor: Actor, sj: string, account = 'ACC100'): Promise<FormSubmission> {
  await fillFeedback(actor, sj, account);
  return submitForm(actor);
}

/** The cards of an SJ in a channel, oldest first. */
export const cardsOf = ({ workspace }: World, sj: string, channel = 'am-west'): MessageReading[] =>
  workspace.messages(channel).filter((message) => message.text.includes(`SJ ${sj}`) && !message.deleted);

/** The card of an SJ, once it is there. */
export const cardOf = (world: World, sj: string, channel = 'am-west'): Promise<MessageReading> =>
  world.workspace.waitFor(() => cardsOf(world, sj, channel)[0], 15_000, `the card of SJ ${sj} in ${channel}`);

/** Acknowledges a case from its card, with the default promise; returns what the person is told. */
export async function acknowledge(actor: Actor, card: MessageReading, nth = 0): Promise<MessageReading> {
  const before = new Set(actor.ephemerals().map(({ ts }) => ts));
  await actor.press('Acknowledge', { in: card, nth });
  return actor.waitForEphemeral(({ ts }) => !before.has(ts));
}
