import { z } from 'zod';
import { CONTACT_ACTIONS, type ContactAction, type ContactSubject } from '../../domain/forms/notice';
import { CASE_KINDS } from '../../domain/kinds';
import { FormMetadata, METADATA_MAX, withoutText } from './form';

/** A button about an SJ's contact attempts; its value is the job. */
export const contactButtonId = (action: ContactAction): string => `contact:${action}`;
export const CONTACT_BUTTON = new RegExp(`^contact:(${CONTACT_ACTIONS.join('|')})$`);
export const contactActionOf = (actionId: string): ContactAction | null =>
  CONTACT_ACTIONS.find((action) => contactButtonId(action) === actionId) ?? null;

const Subject = z.strictObject({ sp: z.string().max(60), sj: z.string().max(60) });
export const packContact = (about: ContactSubject): string => JSON.stringify(Subject.parse(about));
/** Throws on anything that `packContact` did not write. */
export const readContact = (packed: string): ContactSubject => Subject.parse(JSON.parse(packed));

/** The form below a window that records an attempt, with what it takes to redraw it. */
const FormBelow = z.strictObject({
  view: z.string().max(60),
  kind: z.enum(CASE_KINDS),
  /** Its short answers; Slack keeps what was typed into the long ones. */
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])),
  metadata: FormMetadata,
});
export type FormBelow = z.infer<typeof FormBelow>;
const Window = Subject.extend({ below: FormBelow.optional() });
export type ContactWindow = z.infer<typeof Window>;

/** What a window that records an attempt remembers. If it gets too long, the form's initial text is dropped first. */
export function packContactWindow(window: ContactWindow): string {
  const packed = JSON.stringify(Window.parse(window));
  const { below } = window;
  if (packed.length <= METADATA_MAX || !below) return packed;
  const { told: _told, source, ...rest } = below.metadata;
  const metadata = { ...rest, source: withoutText(source) };
  return JSON.stringify(Window.parse({ ...window, below: { ...below, metadata } }));
}
/** Throws on anything that `packContactWindow` did not write. */
export const readContactWindow = (packed: string): ContactWindow => Window.parse(JSON.parse(packed));

/** Blocks of a notice: its text, and its buttons, which are replaced after a press. */
export const CONTACT_SAID = 'contact:said';
export const CONTACT_OFFERS = 'contact:offers';

/** The window that records an attempt, and the choice that its other fields depend on. */
export const SP_CONTACT_CALLBACK = 'sp_contact';
export const SP_CONTACT_REACHED = 'contact:reached';
