import type { App, types } from '@slack/bolt';
import { type Rig, startRig } from './test-support';

const FORM: types.ModalView = {
  type: 'modal',
  callback_id: 'feedback',
  title: { type: 'plain_text', text: 'Feedback' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'kind',
      dispatch_action: true,
      label: { type: 'plain_text', text: 'Kind' },
      element: {
        type: 'static_select',
        action_id: 'kind',
        options: ['Good', 'Bad'].map((text) => ({ text: { type: 'plain_text', text }, value: text.toLowerCase() })),
      },
    },
    {
      type: 'input',
      block_id: 'details',
      label: { type: 'plain_text', text: 'Details' },
      element: { type: 'plain_text_input', action_id: 'details', multiline: true },
    },
  ],
};
const WHY: types.KnownBlock = {
  type: 'input',
  block_id: 'why',
  label: { type: 'plain_text', text: 'Why' },
  element: { type: 'plain_text_input', action_id: 'why' },
};

function wire(app: App): void {
  app.command('/probe', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: FORM });
  });
  app.action('kind', async ({ ack, client, body }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    await client.views.update({
      view_id: body.view.id,
      hash: body.view.hash,
      view: { ...FORM, blocks: [...FORM.blocks, WHY] },
    });
  });
  app.view('feedback', async ({ ack, client, view, body }) => {
    const details = view.state.values.details?.details?.value ?? '';
    if (details === 'rude') return ack({ response_action: 'errors', errors: { details: 'Please be kind.' } });
    await ack();
    const why = view.state.values.why?.why?.value;
    await client.chat.postMessage({
      channel: '#general',
      text: `${details} (${why})`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `*${details}* because ${why}` } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'take', text: { type: 'plain_text', text: 'Take it' } }],
        },
      ],
    });
    await client.chat.postMessage({ channel: body.user.id, text: 'Filed.' });
  });
  app.action('take', async ({ ack, client, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.message || !body.channel) return;
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `taken by ${body.user.id}` });
    await client.chat.postMessage({ channel: body.channel.id, thread_ts: body.message.ts, text: 'On it.' });
    await respond({ text: 'You took it.', response_type: 'ephemeral', replace_original: false });
  });
  app.event('app_home_opened', async ({ client, event }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `Hello <@${event.user}>` } }] },
    });
  });
  app.message(async ({ message, client }) => {
    if (message.subtype === undefined && message.thread_ts !== undefined)
      await client.reactions.add({ channel: message.channel, timestamp: message.ts, name: 'eyes' });
  });
}

describe.each(['socket', 'http'] as const)('an unmodified Bolt app over %s', (mode) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(mode, wire);
  });
  afterAll(() => rig.stop());

  test('a command opens a modal, a submission posts, a button updates', async () => {
    const { workspace } = rig;
    const ana = workspace.as('ana');
    expect(await ana.command('/probe now')).toEqual({ ok: true });
    const modal = await ana.waitForModal();
    expect(modal).toMatchObject({ title: 'Feedback', labels: ['Kind', 'Details'] });
    await ana.fill({ Details: 'rude', Kind: 'Bad', Why: 'because' });
    expect(ana.modal().fields.Details?.value).toBe('rude');
    expect(await ana.submit()).toEqual({ errors: { Details: 'Please be kind.' } });
    expect(ana.modal().fields).toMatchObject({ Kind: { value: 'Bad' }, Why: { value: 'because' } });
    await ana.fill({ Details: 'late' });
    expect(await ana.submit()).toEqual({ closed: true });
    expect(ana.modalCount).toBe(0);

    const dana = workspace.as('dana');
    const card = await dana.waitForMessage('general', ({ content }) => content.includes('late'));
    expect(card).toMatchObject({ content: '*late* because because\nTake it', buttons: ['Take it'], userName: 'probe' });
    expect(await dana.press('Take it', { in: card })).toEqual({ ok: true });
    await dana.waitForReply('general', card.ts, ({ text }) => text === 'On it.');
    expect(dana.read('general').at(-1)).toMatchObject({ text: `taken by ${dana.id}`, buttons: [], replyCount: 1 });
    await dana.waitForEphemeral(({ text }) => text === 'You took it.');
    expect(ana.ephemerals()).toEqual([]);
    await ana.waitForDm(({ text }) => text === 'Filed.');
  });

  test('a Home visit publishes, a thread reply reaches the app', async () => {
    const { workspace } = rig;
    const dana = workspace.as('dana');
    await dana.openHome();
    expect((await dana.waitForHome()).text).toBe(`Hello <@${dana.id}>`);
    const parent = await dana.say('Morning', 'general');
    const reply = await dana.say('and a reply', 'general', parent);
    await workspace.waitFor(() =>
      dana.thread('general', parent.ts).some(({ ts, reactions }) => ts === reply.ts && reactions.eyes),
    );
  });
});
