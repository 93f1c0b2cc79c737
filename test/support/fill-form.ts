import type { Actor, FillValue } from '../../sandbox/workspace';
import { FORMS } from '../../src/domain/forms';

const FORM_LIST = Object.values(FORMS);
const EXTRA = new Set(
  FORM_LIST.flatMap(({ questions }) => questions.filter(({ extra }) => extra).map(({ label }) => label)),
);

/** Asks for the fields that few reports need, if the open form has any behind a button. */
export async function showAll(person: Actor): Promise<void> {
  const { buttons } = person.modal();
  const more = FORM_LIST.map((form) => form.more).find((text) => text && buttons.includes(text));
  if (!more) return;
  await person.press(more);
  await person.waitForModal((view) => !view.buttons.includes(more));
}

/** Fills in the open form; a field that few reports need is asked for first. */
export async function fillForm(person: Actor, answers: Readonly<Record<string, FillValue>>) {
  if (Object.keys(answers).some((label) => EXTRA.has(label))) await showAll(person);
  return person.fill(answers);
}
