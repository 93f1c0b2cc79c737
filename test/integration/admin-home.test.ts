import { type AdminHome, adminHome, withSecondAdmin } from '../support/admin-home';
import { startWorld, type World } from '../support/world';

let world: World;
let admin: AdminHome;
beforeAll(async () => {
  world = await startWorld({ userGroups: [{ handle: 'nights', users: ['rita'] }] });
  admin = adminHome(world.workspace);
  await withSecondAdmin(admin, world.workspace.ids.users.sam ?? '');
});
afterAll(() => world.stop());

const ROLES = ['Admins', 'Risk team', 'Provider Advocates', 'Leadership', 'Resolution Specialists', 'Agents'];

const home: AdminHome['home'] = (...shown) => admin.home(...shown);
const modal: AdminHome['modal'] = (...opened) => admin.modal(...opened);
const openAdmin: AdminHome['openAdmin'] = (who) => admin.openAdmin(who);
/** Words that only one part has. */
const PARTS = {
  Overview: 'Waiting for an admin',
  Areas: 'Areas (',
  'People and roles': 'Review exceptions',
  Channels: 'Gets high-risk reports',
  'Admin history': 'Admin history',
} as const;
const goTo = (who: string, part: keyof typeof PARTS) => admin.goTo(who, part, PARTS[part]);
const press = (who: string, button: string, nth = 0) => world.workspace.as(who).press(button, { in: 'home', nth });
/** Areas are sorted by name: the first is East. */
async function changeEast(who: string) {
  await goTo(who, 'Areas');
  await home(who, 'Areas (2)');
  await world.workspace.as(who).choose('Change', { in: 'home' });
  return modal(who, 'Change an area');
}

describe('Home of an admin', () => {
  it('shows the second of two people who change one area what the first did, and keeps what they entered', async () => {
    const [ada, sam] = [world.workspace.as('ada'), world.workspace.as('sam')];
    const { users } = world.workspace.ids;
    await openAdmin('sam');
    await changeEast('ada');
    await changeEast('sam');
    await ada.fill({ Deputy: 'dana', 'Area Manager': 'tom' });
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', `deputy <@${users.dana}>`);

    await sam.fill({ Deputy: 'rita', "The Area Manager's manager": 'sam' });
    const told = (await sam.submit()).updated;
    expect(told?.text).toContain('Someone else changed this in the meantime');
    expect(told?.text).toContain(`<@${users.ada}>`);
    expect(told?.text).toContain(`deputy _none_ → <@${users.dana}>`);
    expect(told?.fields.Deputy?.value).toBe(users.rita);
    expect(told?.fields['Area Manager']?.value).toBe(users.tom);
    await goTo('ada', 'Overview');
    await goTo('ada', 'Areas');
    await home('ada', `deputy <@${users.dana}>`);

    expect(await sam.submit()).toEqual({ closed: true });
    await home('sam', `Area Manager <@${users.tom}>`, `deputy <@${users.rita}>`, `their manager <@${users.sam}>`);
  });

  it('shows for each change who made it and what it was, and undoes one of them', async () => {
    const { users } = world.workspace.ids;
    const ada = world.workspace.as('ada');
    await openAdmin('ada');
    await goTo('ada', 'Admin history');
    const line = `*Area East*: deputy <@${users.dana}> → <@${users.rita}>; manager of the Area Manager _none_ → <@${users.sam}>`;
    await home('ada', line);
    await ada.choose('Areas', { in: 'home', from: 'Everything' });
    await ada.waitForHome(({ text }) => text.includes(line) && !text.includes('*Policy*'));
    await ada.choose('Sam Ito', { in: 'home', from: 'By everyone' });
    await ada.waitForHome(({ text }) => text.includes(line) && !text.includes('deputy _none_'));

    const sam = world.workspace.as('sam');
    await openAdmin('sam');
    await goTo('sam', 'Admin history');
    await sam.choose('Areas', { in: 'home', from: 'Everything' });
    await sam.waitForHome(({ text }) => text.includes(line) && !text.includes('*Policy*'));

    await press('ada', 'Details');
    const details = await modal('ada', 'A change');
    expect(details.text).toContain(`*Deputy*: <@${users.dana}> → <@${users.rita}>`);
    expect(details.submitLabel).toBe('Revert');
    expect(await ada.submit()).toEqual({ closed: true });
    await goTo('ada', 'Areas');
    await ada.waitForHome(({ text }) => text.includes(`deputy <@${users.dana}>`) && !text.includes('their manager'));
    // Someone who looks at it sees it arrive, where they are and with their filter.
    await home('sam', `deputy <@${users.rita}> → <@${users.dana}>`, line);
    expect(sam.home().text).not.toContain('*Policy*');

    // What was changed again since cannot be undone by itself.
    await goTo('ada', 'Admin history');
    await ada.choose('Sam Ito', { in: 'home', from: 'By everyone' });
    await ada.waitForHome(({ text }) => text.includes(line) && !text.includes('deputy _none_'));
    await press('ada', 'Details');
    const again = await modal('ada', 'A change');
    expect(again.submitLabel).toBe('');
    expect(again.text).toContain('It is already as it was before this change');
    await ada.close();
  });

  it('removes only an unused area', async () => {
    const ada = world.workspace.as('ada');
    await openAdmin('ada');
    await goTo('ada', 'Areas');
    await ada.choose('Remove', { in: 'home' });
    const used = await modal('ada', 'Remove an area');
    expect(used.text).toContain('East has 1 SP: move them to another area first.');
    expect(used.submitLabel).toBe('');
    await ada.close();

    await press('ada', 'Add an area');
    await modal('ada', 'Add an area');
    await ada.fill({ Name: 'Away', 'Time zone': 'UTC', 'Area Manager': 'priya' });
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', 'Areas (3)', 'No channel: its cards go to the fallback');
    await ada.choose('Remove', { in: 'home' });
    await modal('ada', 'Remove an area');
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', 'Areas (2)');
  });

  it('shows at once what is wrong with a channel, and who has left', async () => {
    world.workspace.archive('am-east');
    world.workspace.deactivate('dana');
    world.workspace.clock.advance(61_000);
    await openAdmin('ada');
    await goTo('ada', 'Areas');
    const left = `:warning: <@${world.workspace.ids.users.dana}> left: choose someone who works here`;
    await home('ada', '#am-east is archived: unarchive it or give another channel', left);
    world.workspace.unarchive('am-east');
    await goTo('ada', 'Overview');
    await goTo('ada', 'Areas');
    await world.workspace.as('ada').waitForHome(({ text }) => text.includes('Areas (2)') && !text.includes('archived'));
  });

  it('counts no one who has left: a role that only they have counts as missing', async () => {
    const ada = world.workspace.as('ada');
    await openAdmin('ada');
    await goTo('ada', 'People and roles');
    expect(ada.home().text).not.toContain('high-risk report:');
    world.workspace.deactivate('rosa');
    world.clock.advance(61_000);
    await goTo('ada', 'Overview');
    await goTo('ada', 'People and roles');
    await home('ada', 'No one is left who can read a high-risk report: give this role to someone.');
    await press('ada', 'Change', ROLES.indexOf('Risk team'));
    await modal('ada', 'Who has this role');
    await ada.fill({ People: ['rosa', 'tom'] });
    expect(await ada.submit()).toEqual({ closed: true });
    await ada.waitForHome(({ text }) => text.includes('Review exceptions') && !text.includes('high-risk report:'));
  });

  it('does not wait for a slow Slack, and shows its answers when they arrive', async () => {
    const ada = world.workspace.as('ada');
    await openAdmin('ada');
    world.workspace.clock.advance(61_000);
    world.workspace.faults.set({ latencyMs: 450 });
    await ada.choose('Areas', { in: 'home', from: 'Choose what to see' });
    await home('ada', 'Areas (2)', 'checking…');
    await ada.waitForHome(({ text }) => text.includes(':white_check_mark:') && !text.includes('checking…'));
    world.workspace.faults.clear();
  });

  it('asks admins who would remove their own role', async () => {
    const sam = world.workspace.as('sam');
    await openAdmin('sam');
    await goTo('sam', 'People and roles');
    await press('sam', 'Change', ROLES.indexOf('Admins'));
    await modal('sam', 'Who has this role');
    await sam.fill({ People: ['rita'] });
    const asked = (await sam.submit()).updated;
    expect(asked?.labels).toContain('You would no longer be an admin');
    expect(asked?.fields.People?.value).toEqual([world.workspace.ids.users.rita]);
    await sam.fill({ 'You would no longer be an admin': ['Yes, take the role from me'] });
    expect(await sam.submit()).toEqual({ closed: true });
    const left = await sam.waitForHome(({ buttons }) => !buttons.includes('Admin'));
    expect(left.text).not.toContain('People and roles');
  });

  it('is only for admins, even if an old page is still open', async () => {
    const rita = world.workspace.as('rita');
    await openAdmin('rita');
    await goTo('rita', 'Channels');
    await press('rita', 'Change');
    await modal('rita', 'Choose a channel');
    await openAdmin('ada');
    await goTo('ada', 'People and roles');
    await press('ada', 'Change', ROLES.indexOf('Admins'));
    await modal('ada', 'Who has this role');
    await world.workspace.as('ada').fill({ People: [] });
    expect(await world.workspace.as('ada').submit()).toEqual({ closed: true });

    expect(Object.values((await rita.submit()).errors ?? {})).toEqual([
      expect.stringContaining('Only admins can change this'),
    ]);
    await rita.waitForHome(({ buttons }) => !buttons.includes('Admin'));
  });

  it('keeps an admin who still works here', async () => {
    const [ada, sam] = [world.workspace.as('ada'), world.workspace.as('sam')];
    await openAdmin('ada');
    await goTo('ada', 'People and roles');
    await press('ada', 'Change', ROLES.indexOf('Admins'));
    await modal('ada', 'Who has this role');
    await ada.fill({ People: ['sam'] });
    expect(await ada.submit()).toEqual({ closed: true });
    world.workspace.deactivate('ada');
    world.clock.advance(61_000);

    await openAdmin('sam');
    await goTo('sam', 'People and roles');
    await press('sam', 'Change', ROLES.indexOf('Admins'));
    await modal('sam', 'Who has this role');
    await sam.fill({ People: [] });
    await sam.submit();
    await sam.fill({ 'You would no longer be an admin': ['Yes, take the role from me'] });
    expect(Object.values((await sam.submit()).errors ?? {})).toEqual([
      expect.stringContaining('No one who works here would be an admin'),
    ]);
  });
});
