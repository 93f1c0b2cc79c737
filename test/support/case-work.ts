import type { Actor, FillValue, MessageReading, Submission, ViewReading } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { cardOf, type FiledReport, openedForm, openRecords, type Records, submitted } from '../integration/records';
import { acknowledge } from './feedback';
import { startWorld, type World, type WorldOptions } from './world';

/** A world with people who file and work on cases. */
export interface CaseWork {
  readonly world: World;
  readonly records: Records;
  as(name: string): Actor;
  /** Files negative feedback about an SP. */
  file(agent: Actor, report?: Partial<Report>): Promise<FiledReport>;
  /** Opens the feedback form and answers it, without submitting; returns the form once it shows the SP. */
  fill(agent: Actor, report?: Partial<Report>): Promise<ViewReading>;
  /** Opens the window of a button, or of an option of More. */
  open(actor: Actor, button: string, on: MessageReading): Promise<ViewReading>;
  /** Opens, fills and submits it. */
  make(actor: Actor, button: string, on: MessageReading, entries?: Entries): Promise<Submission>;
  /** The current case and its card, with everything sent. */
  now(ref: string): Promise<{ stored: StoredCase; card: MessageReading }>;
  stop(): Promise<void>;
}
export type Entries = Readonly<Record<string, FillValue>>;
export interface Report {
  readonly account: string;
  readonly sj: string;
  readonly negatives: readonly string[];
  readonly details: string;
}

export const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;

export async function startCaseWork(options: WorldOptions = {}): Promise<CaseWork> {
  const world = await startWorld({ ...options });
  const records = await openRecords(world);
  let nextSj = 910_000;
  const sp: Readonly<Record<string, string>> = { ACC100: 'Ace Plumbing', ACC200: 'Bolt Electric' };

  async function fill(agent: Actor, report: Partial<Report> = {}) {
    const { account = 'ACC100', sj = String(nextSj++), negatives = ['Misdiagnosis'], details = 'As told.' } = report;
    await openedForm(agent, `${account} ${sj}`);
    await agent.fill({
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': [...negatives],
      "Details of Customer's Experience with SP": details,
    });
    return agent.waitForModal(({ text }) => text.includes(sp[account] ?? 'Not in the directory'));
  }
  async function open(actor: Actor, button: string, on: MessageReading) {
    const before = actor.modalCount > 0 ? actor.modal().id : null;
    await (on.buttons.includes(button) ? actor.press(button, { in: on }) : actor.choose(button, { in: on }));
    return actor.waitForModal(({ id }) => id !== before);
  }
  return {
    world,
    records,
    as: (name) => world.workspace.as(name),
    fill,
    async file(agent, report) {
      await fill(agent, report);
      return submitted(world, records, agent);
    },
    open,
    async make(actor, button, on, entries = {}) {
      if (button === 'Acknowledge') {
        const { buttons } = await acknowledge(actor, on);
        await world.settled();
        if (!('Next update by' in entries)) return buttons.length ? { closed: true } : {};
        await open(actor, 'Change next update', world.workspace.thread(on.channel, on.ts)[0] ?? on);
      } else await open(actor, button, on);
      await actor.fill(entries);
      const outcome = await actor.submit();
      await world.settled();
      return outcome;
    },
    async now(ref) {
      await world.settled();
      const stored = await records.of(ref);
      return { stored, card: cardOf(world, stored) };
    },
    async stop() {
      await records.close();
      await world.stop();
    },
  };
}

/** The app's DMs to someone about a case, oldest first. */
export const dmsAbout = (actor: Actor, ref: string): MessageReading[] =>
  actor.dm().filter(({ text }) => text.startsWith(ref));
