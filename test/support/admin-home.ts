import type { Actor, ViewReading, Workspace } from '../../sandbox/workspace';
import { placeOf } from './home-rows';

/** How admins find their way in Home. */
export interface AdminHome {
  readonly ada: Actor;
  /** Someone's Home once it has these words. */
  home(who: string, ...words: string[]): Promise<ViewReading>;
  /** Someone's window of this title, once it is open. */
  modal(who: string, title: string): Promise<ViewReading>;
  /** Opens the Admin page of Home. */
  openAdmin(who: string): Promise<void>;
  /** Opens a part of the Admin page, and waits for its words. */
  goTo(who: string, part: string, ...words: string[]): Promise<ViewReading>;
  /** Searches in the part on screen. */
  find(text: string): Promise<unknown>;
}

export function adminHome(workspace: Workspace): AdminHome {
  const as = (who: string) => workspace.as(who);
  const ada = as('ada');
  const home: AdminHome['home'] = (who, ...words) =>
    as(who)
      .waitForHome(({ text }) => words.every((word) => text.includes(word)))
      .catch(() => {
        throw new Error(`No ${words.join(', ')} in Home, but: ${as(who).home().text}`);
      });
  return {
    ada,
    home,
    modal: (who, title) => as(who).waitForModal((view) => view.title === title),
    async openAdmin(who) {
      await as(who).openHome();
      await home(who, 'Admin');
      await as(who).press('Admin', { in: 'home' });
      await home(who, 'Waiting for an admin');
    },
    async goTo(who, part, ...words) {
      await as(who).choose(part, { in: 'home', from: 'Choose what to see' });
      return home(who, ...words);
    },
    find: (text) => ada.choose(text, { in: 'home', from: 'home_arg:find' }),
  };
}

/** A second admin, so that two can work on the same thing. */
export async function withSecondAdmin({ ada, home, modal, goTo, openAdmin }: AdminHome, sam: string): Promise<void> {
  await openAdmin('ada');
  await goTo('ada', 'People and roles', 'Review exceptions');
  await ada.press('Change', {
    in: 'home',
    nth: placeOf(await home('ada', 'Review exceptions'), 'Change', '*Admins*'),
  });
  await modal('ada', 'Who has this role');
  await ada.fill({ People: ['sam'] });
  expect(await ada.submit()).toEqual({ closed: true });
  await home('ada', `<@${sam}>`);
}
