import type { JsonObject } from '../../sandbox/client-protocol';
import type { MessageReading } from '../../sandbox/workspace';
import { openedForm } from '../integration/records';
import { type Examples, isObject } from './hostile';
import type { World } from './world';

type Transport = 'command' | 'interactive' | 'event';

/** Uses the app once like people do, beginning with this card, and records Slack's payloads. */
export async function recordedPayloads(world: World, card: MessageReading): Promise<Examples> {
  const { workspace } = world;
  const dana = workspace.as('dana');
  for (const button of ['Acknowledge', 'Add note', 'Resolve']) {
    await dana.press(button, { in: card });
    if (button === 'Acknowledge') continue; // done at once
    await dana.waitForModal(({ title }) => title === button);
    if (button === 'Add note') await dana.fill({ Note: 'Looking into it.' });
    if (button !== 'Resolve') await dana.submit();
  }
  await dana.choose('Reassign', { in: card });
  await dana.waitForModal(({ title }) => title === 'Reassign');
  await dana.fill({ 'Or to this person': 'tom', 'Summary for the new owner': 'Yours.' });
  await dana.submit();
  await dana.say('In the thread.', 'am-west', card);
  await dana.openHome();
  await dana.waitForHome();
  workspace.removeApp('call-floor');
  workspace.inviteApp('call-floor');
  await workspace.waitFor(() => workspace.traffic.some(({ name }) => name === 'member_joined_channel'));
  await workspace.as('amira').command('/warmline help', 'call-floor');
  // Ben's form stays open, so that mutations of his answers hit an existing window.
  const ben = workspace.as('ben');
  await openedForm(ben, 'ACC100 499999');
  await ben.fill({ 'Reason For Feedback': 'SP Internal Feedback: Negative' });
  await openedForm(workspace.as('ada'));
  await workspace.as('ada').close();
  await workspace.as('ada').openHome();
  await workspace.as('ada').waitForHome();
  await workspace.as('ada').press('Admin', { in: 'home' });
  await workspace.as('ada').waitForHome(({ text }) => text.includes('Waiting for an admin'));
  const said = await workspace.as('amira').say('The technician never came.', 'am-west');
  await workspace.as('amira').shortcut('file_sp_feedback', said);
  await world.settled();

  const requests = (kind: Transport): JsonObject[] =>
    workspace.traffic
      .filter((entry) => entry.kind === kind)
      .flatMap(({ request }) => (isObject(request) ? [request] : []));
  const interactive = (type: string) => requests('interactive').filter((request) => request.type === type);
  const one = (list: readonly JsonObject[], what: string): JsonObject => {
    const last = list.at(-1);
    if (!last) throw new Error(`No ${what} was recorded.`);
    return last;
  };
  return {
    command: one(requests('command'), 'command'),
    shortcut: one(interactive('message_action'), 'shortcut'),
    events: requests('event'),
    actions: interactive('block_actions'),
    submissions: interactive('view_submission'),
    closed: one(interactive('view_closed'), 'closed window'),
  };
}
