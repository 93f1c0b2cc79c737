import { placeOf } from '../support/home-rows';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ empty: true, userGroups: [{ handle: 'risk-team', users: ['rosa'] }] });
});
afterAll(() => world.stop());

const ada = () => world.workspace.as('ada');
const homeWith = (...words: string[]) =>
  ada()
    .waitForHome(({ text }) => words.every((word) => text.includes(word)))
    .catch(() => {
      throw new Error(`No ${words.join(', ')} in Home, but: ${ada().home().text}`);
    });
const goTo = async (part: string) => {
  await ada().choose(part, { in: 'home', from: 'Choose what to see' });
};

describe('a new workspace', () => {
  it('is set up from an empty database using only Home, and takes a case to its end', async () => {
    const { ids } = world.workspace;
    await ada().openHome();
    await homeWith('Nothing');
    await ada().press('Admin', { in: 'home' });
    const start = await homeWith('Set up: 0 of 6 done', 'Nothing waits for you');
    expect(start.text.indexOf('Set up')).toBeLessThan(start.text.indexOf('Waiting for an admin'));

    await ada().press('Go there', { in: 'home' });
    await homeWith('There is no area yet');
    await ada().press('Add an area', { in: 'home' });
    await ada().waitForModal(({ title }) => title === 'Add an area');
    await ada().fill({ Name: 'West', 'Time zone': 'America/Los_Angeles', Channel: 'am-west', 'Area Manager': 'dana' });
    world.workspace.removeApp('am-west');
    expect((await ada().submit()).errors?.Channel).toBe(
      'Warmline is not in #am-west: type /invite @Warmline there, then try again.',
    );
    world.workspace.inviteApp('am-west');
    await ada().fill({ Deputy: 'tom', 'Fallback channel': 'warmline-unrouted' });
    expect(await ada().submit()).toEqual({ closed: true });
    await homeWith('Areas (1)', 'West', `<@${ids.users.dana}>`);

    await goTo('Channels');
    await homeWith('Gets high-risk reports in full');
    const channels = [
      ['Fallback', 'warmline-unrouted'],
      ['Risk', 'risk-desk'],
      ['Leadership', 'leadership-desk'],
      ['Provider Advocate', 'provider-advocates'],
    ] as const;
    for (const [label, channel] of channels) {
      await ada().press('Set', { in: 'home' });
      await ada().waitForModal(({ labels }) => labels.includes(`${label} channel`));
      await ada().fill({ [`${label} channel`]: channel });
      expect(await ada().submit()).toEqual({ closed: true });
      await homeWith(label === 'Fallback' ? `<#${ids.channels[channel]}>` : `:lock: ${channel}`);
    }

    await goTo('People and roles');
    await homeWith('No one can read a high-risk report');
    const change = async (label: string, role: string, values: Record<string, string | string[]>) => {
      const shown = ada().home();
      expect(shown.buttons.filter((button) => button === 'Change')).toHaveLength(6);
      await ada().press('Change', { in: 'home', nth: placeOf(shown, 'Change', `*${role}*`) });
      await ada().waitForModal(({ text: words }) => words.includes(label));
      await ada().fill(values);
      expect(await ada().submit()).toEqual({ closed: true });
    };
    await change('Risk team', 'Risk team', { 'User groups': ['@risk-team (risk-team)'] });
    await ada().waitForHome(({ text }) => !text.includes('No one can read a high-risk report'));
    await change('Provider Advocates', 'Provider Advocates', { People: ['pat'] });
    await ada().waitForHome(({ text }) => !text.includes('No one can read'));

    await goTo('Overview');
    await homeWith('Set up: 3 of 6 done', 'Waiting for an admin');
    await ada().press('Look', { in: 'home' });
    const policy = await ada().waitForModal(({ title }) => title === 'The policy in force');
    expect(policy.text).toContain('SP feedback: 4 hours of opening hours');
    expect(await ada().submit()).toEqual({ closed: true });
    await homeWith('Set up: 4 of 6 done');

    await goTo('SPs');
    await homeWith('SPs (0)');
    await ada().press('Add an SP', { in: 'home' });
    await ada().waitForModal(({ title }) => title === 'Add an SP');
    await ada().fill({ 'Account number': 'ACC100', Name: 'Ace Plumbing', Area: 'West' });
    expect(await ada().submit()).toEqual({ closed: true });
    await homeWith('Ace Plumbing');

    const amira = world.workspace.as('amira');
    await amira.command('/sp-feedback ACC100 556677', 'call-floor');
    await amira.waitForModal(({ text }) => text.includes('Area West'));
    await amira.fill({
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': ['Missed appointment'],
      "Details of Customer's Experience with SP": 'Nobody came.',
    });
    await amira.submit();
    await world.settled();
    const [card] = world.workspace.messages('am-west').filter(({ text }) => text.includes('556677'));
    if (!card) throw new Error('No card came to the new area.');
    const dana = world.workspace.as('dana');
    await dana.press('Resolve', { in: card });
    await dana.waitForModal(({ title }) => title === 'Resolve');
    await dana.fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'A new visit is booked.' });
    expect(await dana.submit()).toEqual({ closed: true });
    await amira.waitForDm(({ text }) => text.includes('resolved'));

    await goTo('Overview');
    const done = await homeWith('Nothing waits for you, and everything is set up', 'Warmline is set up.');
    expect(done.text).not.toContain('Set up:');
    await ada().press('Look', { in: 'home' });
    const end = await ada().waitForModal(({ title }) => title === 'Warmline is set up');
    expect(end.text).toContain('1 area with a channel and an Area Manager');
    expect(end.text).toContain('Admin review');
    expect(await ada().submit()).toEqual({ closed: true });
    await ada().waitForHome(({ text }) => !text.includes('Warmline is set up.'));
  });
});
