import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import { type FiledReport, openedForm, openRecords, type Records, submitted } from '../integration/records';
import { ALWAYS, COMPLAINT, DRIVER, NEGATIVE_CUSTOMER, NEGATIVE_INTERNAL } from './feedback-questions';
import { startWorld, type World } from './world';

export type Entries = Readonly<Record<string, FillValue>>;

/** A world in which Amira files SP feedback. */
export interface FeedbackForm {
  readonly world: World;
  readonly records: Records;
  readonly amira: Actor;
  /** Someone's id, by name. */
  id(name: string): string;
  newSj(): string;
  /** Opens the form for an SP (by default Ace Plumbing in West) and a new SJ, and fills it in. */
  fill(entries: Entries, account?: string, sj?: string): Promise<ViewReading>;
  submit(): Promise<FiledReport>;
  /** The form, once it shows just these questions. */
  shows(labelsShown: readonly string[]): Promise<ViewReading>;
  /** All of a case: what its card has no room for is behind *Details*. */
  whole(card: MessageReading): Promise<Pick<ViewReading, 'blocks'> & { readonly text: string }>;
  stop(): Promise<void>;
}

/** The fields of a form that shows these; after negative feedback, it also asks who came, if known. */
export const fieldsWith = (labelsShown: readonly string[]): string[] => {
  const isNegative = labelsShown.some((label) => label === NEGATIVE_CUSTOMER || label === NEGATIVE_INTERNAL);
  return [...ALWAYS, ...labelsShown, ...(isNegative && !labelsShown.includes(COMPLAINT) ? [DRIVER] : [])];
};

export async function startFeedbackForm(): Promise<FeedbackForm> {
  const world = await startWorld();
  const records = await openRecords(world);
  const amira = world.workspace.as('amira');
  let nextSj = 700_000;
  const newSj = () => String(nextSj++);
  const sp = { phone: null, email: null };
  await records.directory.saveProviders([
    { account: 'ACC400', name: 'Frontier Towing', area: 'North', status: 'active', ...sp },
    { account: 'ACC500', name: 'Sleepy Locks', area: 'West', status: 'inactive', ...sp },
  ]);
  return {
    world,
    records,
    amira,
    id: (name) => world.workspace.ids.users[name] ?? '',
    newSj,
    async fill(entries, account = 'ACC100', sj = newSj()) {
      await openedForm(amira, `${account} ${sj}`);
      return amira.fill(entries);
    },
    submit: () => submitted(world, records, amira),
    shows: (labelsShown) => amira.waitForModal((modal) => modal.labels.join() === fieldsWith(labelsShown).join()),
    async whole(card) {
      if (!card.buttons.includes('Details')) return { text: card.content, blocks: card.blocks };
      const dana = world.workspace.as('dana');
      await dana.press('Details', { in: card });
      const view = await dana.waitForModal(({ submitLabel }) => !submitLabel);
      await dana.close();
      return view;
    },
    async stop() {
      await records.close();
      await world.stop();
    },
  };
}
