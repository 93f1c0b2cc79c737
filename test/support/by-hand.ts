import type { Locator, Page } from 'playwright-core';

/** What a person does on the page, using only roles and labels. */

export const dialog = (page: Page): Locator => page.getByRole('dialog');

export const composer = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

/** Types a line into the composer of a channel and sends it. */
export async function type(page: Page, text: string, channel = '#call-floor'): Promise<void> {
  await composer(page, `Message ${channel}`).fill(text);
  await composer(page, `Message ${channel}`).press('Enter');
}

/** Answers a question of the open form: ticks, picks or types, whatever its field takes. */
export async function answer(page: Page, label: string, value: string | readonly string[]): Promise<void> {
  const form = dialog(page);
  const name = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}( \\(optional\\))?$`);
  const group = form.getByRole('group', { name });
  const field = form.getByLabel(name).first(); // an open list also has its field's name
  await group.or(field).first().waitFor();
  if (await group.count()) {
    for (const option of [value].flat())
      await group
        .getByRole('radio', { name: option, exact: true })
        .or(group.getByRole('checkbox', { name: option, exact: true }))
        .check();
    return;
  }
  if ((await field.getAttribute('role')) === 'combobox') {
    for (const option of [value].flat()) {
      await field.fill(option);
      await form.getByRole('option', { name: option }).click();
    }
    // A list with a single choice has closed by now, and Escape would close the form.
    if ((await field.getAttribute('aria-expanded')) === 'true') await field.press('Escape');
  } else if (await field.and(page.locator('select')).count())
    await field.selectOption({ label: [value].flat()[0] ?? '' });
  else await field.fill([value].flat().join(' '));
}

export type Answers = { readonly [label: string]: string | readonly string[] };

/** Opens the feedback form by its command and waits until the SP was looked up. */
export async function openFeedback(page: Page, sj: string, account = 'SP100275'): Promise<void> {
  await type(page, `/sp-feedback ${account} ${sj}`);
  await dialog(page).getByText('Area West').waitFor();
}

/** The shortest feedback there is. */
export const SHORTEST: Answers = {
  'Reason For Feedback': 'Recall Reassignment: Account Inactive',
};

export async function fill(page: Page, answers: Answers): Promise<void> {
  for (const [label, value] of Object.entries(answers)) await answer(page, label, value);
}

/**
 * How many words the open form shows, labels, options and buttons included; not what was typed into it, nor the options
 * of a closed list.
 */
export const wordsInSight = (page: Page): Promise<number> =>
  dialog(page).evaluate((form) => {
    const chosen = [...form.querySelectorAll('select')].map(({ selectedOptions }) => selectedOptions[0]?.text ?? '');
    const hints = [...form.querySelectorAll('input')].map((field) => (field.value ? '' : field.placeholder));
    const texts = [...form.querySelectorAll(':not(select, option, textarea, .visually-hidden, .visually-hidden *)')]
      .filter((element) => element.checkVisibility())
      .flatMap(({ childNodes }) =>
        [...childNodes].map(({ nodeType, nodeValue }) => (nodeType === 3 ? (nodeValue ?? '') : '')),
      );
    return [...texts, ...chosen, ...hints]
      .join(' ')
      .split(/\s+/)
      .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  });

/** Submits the open form and returns the reference in the confirmation. */
export async function submit(page: Page): Promise<string> {
  const sj = await dialog(page).getByLabel('SJ Number').inputValue();
  await dialog(page).getByRole('button', { name: 'Submit' }).click();
  const told = page
    .getByRole('main')
    .getByRole('article')
    .filter({ hasText: `is filed (SJ ${sj})` });
  const confirmation = await told.last().innerText();
  return /[A-Z]{3}-\d{6}/.exec(confirmation)?.[0] ?? '';
}

/** Files feedback by hand, from the command to the closed window. */
export async function file(page: Page, sj: string, answers: Answers = SHORTEST): Promise<string> {
  await openFeedback(page, sj);
  await fill(page, answers);
  const ref = await submit(page);
  await dialog(page).waitFor({ state: 'hidden' });
  return ref;
}

/** Waits until the page's library for rich text is loaded, and all its placeholders are replaced. */
export const drawn = (page: Page): Promise<void> =>
  page
    .locator('body')
    .filter({ hasNot: page.locator('.bk-loading') })
    .waitFor();

/** The card of a case in the channel that is open. */
export const card = (page: Page, ref: string): Locator =>
  page
    .getByRole('main')
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: ref }) });

export async function become(page: Page, person: string): Promise<void> {
  const people = page.getByLabel('Acting as');
  const option = people.locator('option', { hasText: person });
  await people.selectOption((await option.getAttribute('value')) ?? '');
}

/** Opens a channel, or the app, in the side bar; waits for its unread mark if one is expected. */
export const openChannel = (page: Page, name: string, { unread = false } = {}): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Workspace' })
    .getByRole('button', { name: new RegExp(`^${name}${unread ? '' : '('} ?\\d+ unread${unread ? '' : ')?'}$`) })
    .click();

/** Presses the window's button of this name, and waits until the window is gone. */
export async function save(page: Page, button = 'Save'): Promise<void> {
  await dialog(page).getByRole('button', { name: button, exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

/** A row of Home that begins with these words. */
export const row = (page: Page, words: string): Locator =>
  page
    .getByRole('main')
    .locator('.bk-section')
    .filter({ has: page.getByText(words, { exact: true }) });

/** Chooses from the menu of a row of Home. */
export async function chooseIn(page: Page, words: string, option: string): Promise<void> {
  await row(page, words).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: option, exact: true }).click();
}

/** Opens a part of the admin tab. */
export async function goTo(page: Page, part: string): Promise<void> {
  await page.getByRole('main').getByLabel('Choose what to see').selectOption({ label: part });
  await page.getByRole('heading', { name: new RegExp(`^${part}( \\(\\d+\\))?$`) }).waitFor();
}
