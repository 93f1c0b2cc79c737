import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import type { CaseEvent } from '../../src/domain/event';
import type { StoredCase } from '../../src/services/ports/cases';
import { cardOf, openedForm, openRecords, type Records, submitted } from '../integration/records';
import { acknowledge } from './feedback';
import { startWorld, type World } from './world';

export const BUTTONS = ['Acknowledge', 'Add note', 'Log SP contact', 'Resolve'];
export const RESOLUTION = {
  Outcome: 'Coaching given',
  'What the agent can tell the customer': 'A new visit is booked.',
};

interface OnCard {
  readonly ref: string;
  readonly card: MessageReading;
}
type Entries = Readonly<Record<string, FillValue>>;

/** A world with cards of plain reports in West, and people who press their buttons. */
export interface CardWork {
  readonly world: World;
  readonly records: Records;
  /** The agent, the Area Manager, the deputy and an admin. */
  readonly amira: Actor;
  readonly dana: Actor;
  readonly tom: Actor;
  readonly ada: Actor;
  /** A new report about Ace Plumbing in West, filed by Amira. */
  filed(account?: string): Promise<OnCard>;
  /** Opens the window of a button, or of an option of More. */
  opened(actor: Actor, button: string, card: MessageReading): Promise<ViewReading>;
  pressed(actor: Actor, button: string, card: MessageReading): Promise<unknown>;
  /** Makes a move with a button; returns the stored case and the card. */
  done(
    actor: Actor,
    button: string,
    on: OnCard,
    entries?: Entries,
  ): Promise<{ stored: StoredCase; card: MessageReading }>;
  /** The messages in the thread under a card. */
  lines(card: MessageReading): MessageReading[];
  lineTexts(card: MessageReading): string[];
  /** Resolves when the app next redraws this card. */
  redrawing(card: MessageReading): Promise<unknown>;
  /** Only this person is told, in an ephemeral message. */
  toldPrivately(actor: Actor, words: string): Promise<void>;
  stop(): Promise<void>;
}

export const typesOf = ({ events }: StoredCase): CaseEvent['type'][] => events.map(({ type }) => type);
export const mentionOf = (actor: Actor): string => `<@${actor.id}>`;

export async function startCardWork(): Promise<CardWork> {
  const world = await startWorld();
  const records = await openRecords(world);
  world.workspace.addMember('am-west', 'ada');
  const as = (name: string) => world.workspace.as(name);
  const amira = as('amira');
  let nextSj = 800_000;

  const pressed = (actor: Actor, button: string, card: MessageReading) =>
    BUTTONS.includes(button) ? actor.press(button, { in: card }) : actor.choose(button, { in: card });
  async function opened(actor: Actor, button: string, card: MessageReading) {
    const before = actor.modalCount > 0 ? actor.modal().id : null;
    await pressed(actor, button, card);
    return actor.waitForModal(({ id, title }) => id !== before && title === button);
  }
  const lines = ({ channel, ts }: MessageReading) => world.workspace.thread(channel, ts).slice(1);

  return {
    world,
    records,
    amira,
    dana: as('dana'),
    tom: as('tom'),
    ada: as('ada'),
    async filed(account = 'ACC100') {
      await openedForm(amira, `${account} ${nextSj++}`);
      await amira.fill({ 'Reason For Feedback': 'Recall Reassignment: Account Inactive' });
      const { stored, card } = await submitted(world, records, amira);
      return { ref: stored.ref, card };
    },
    opened,
    pressed,
    async done(actor, button, on, entries = {}) {
      if (button === 'Acknowledge') await acknowledge(actor, on.card);
      else {
        await opened(actor, button, on.card);
        await actor.fill(entries);
        expect(await actor.submit()).toEqual({ closed: true });
      }
      await world.settled();
      const stored = await records.of(on.ref);
      return { stored, card: cardOf(world, stored) };
    },
    lines,
    lineTexts: (card) => lines(card).map(({ text }) => text),
    redrawing: ({ ts }) =>
      world.workspace.waitFor((event) => {
        if (event?.type !== 'traffic' || event.entry.name !== 'chat.update' || event.entry.status !== 200) return false;
        const { request } = event.entry;
        return typeof request === 'object' && request !== null && 'ts' in request && request.ts === ts;
      }),
    async toldPrivately(actor, words) {
      const told = await actor.waitForEphemeral(({ text }) => text.includes(words));
      expect(told.channel).toBe(world.workspace.ids.channels['am-west']);
    },
    async stop() {
      await records.close();
      await world.stop();
    },
  };
}
