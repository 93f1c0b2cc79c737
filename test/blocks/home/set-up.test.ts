import { type Step, setUpLine, setUpNotice } from '../../../src/blocks/home/overview';
import { policyChannelWindow } from '../../../src/blocks/home/windows/policy-channel';
import { HOME_START } from '../../../src/slack/ids/home';

const STEPS: readonly Step[] = [
  { done: true, title: 'Areas', about: 'Territories.', go: { part: 'areas' } },
  { done: false, title: 'Channels', about: 'Where things go.', go: { part: 'channels' } },
  { done: false, title: 'Policy', about: 'How long people have.', go: { window: 'policy_keep' } },
];
const done = STEPS.map((step) => ({ ...step, done: true }));

describe('the rest of the set-up', () => {
  it('is shown on every part, with the button to the next step', () => {
    const [line] = setUpLine(STEPS, 'areas');
    expect(line).toMatchObject({
      text: { text: expect.stringContaining('*Set up: 1 of 3 done*  ·  next: Channels') },
      accessory: { value: 'channels', style: 'primary' },
    });
  });

  it('has no button to the current part', () => {
    const [line] = setUpLine(STEPS, 'channels');
    expect(line).toMatchObject({ text: { text: expect.stringContaining('now: Channels') } });
    expect(line).not.toHaveProperty('accessory');
  });

  it("is shown on an admin's desk, and disappears with the last step", () => {
    const [notice] = setUpNotice(STEPS.map((step) => step.done));
    expect(notice).toMatchObject({
      text: { text: expect.stringContaining('1 of 3 steps') },
      accessory: { value: 'admin' },
    });
    expect(setUpNotice(done.map((step) => step.done))).toEqual([]);
    expect(setUpLine(done, 'areas')).toEqual([]);
  });
});

describe('the window of a need-to-know channel', () => {
  const window = (offered: { id: string; name: string }[], channel: string | null = null) =>
    policyChannelWindow({
      memory: { key: 'risk', place: HOME_START, version: 1 },
      name: 'risk',
      channel,
      offered,
      isSecret: true,
    });

  it('says what to do first while Warmline is in no private channel, and saves nothing', () => {
    const view = window([]);
    expect(JSON.stringify(view.blocks)).toContain('/invite @Warmline');
    expect(view).not.toHaveProperty('submit');
  });

  it('keeps the current one as a choice, even if Warmline is no longer in it', () => {
    const view = JSON.stringify(window([{ id: 'C2', name: 'other' }], 'C1'));
    expect(view).toContain('C1 (Warmline is not in it)');
    expect(view).toContain('No channel');
  });
});
