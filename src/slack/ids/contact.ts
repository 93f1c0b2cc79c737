import { z } from 'zod';
import { CONTACT_ACTIONS, type ContactAction, type ContactSubject } from '../../domain/forms/notice';

/** A button about an SJ's contact attempts; its value says which job. */
export const contactButtonId = (action: ContactAction): string => `contact:${action}`;
export const CONTACT_BUTTON = new RegExp(`^contact:(${CONTACT_ACTIONS.join('|')})$`);
export const contactActionOf = (actionId: string): ContactAction | null =>
  CONTACT_ACTIONS.find((action) => contactButtonId(action) === actionId) ?? null;

const Subject = z.strictObject({ sp: z.string().max(60), sj: z.string().max(60) });
export const packContact = (about: ContactSubject): string => JSON.stringify(Subject.parse(about));
/** Throws on anything but what `packContact` wrote. */
export const readContact = (packed: string): ContactSubject => Subject.parse(JSON.parse(packed));

/** Blocks of a notice: what is said, and its buttons, which are replaced when one of them was pressed. */
export const CONTACT_SAID = 'contact:said';
export const CONTACT_OFFERS = 'contact:offers';

/** The window that records an attempt, and the choice that decides what else it asks. */
export const SP_CONTACT_CALLBACK = 'sp_contact';
export const SP_CONTACT_REACHED = 'contact:reached';
