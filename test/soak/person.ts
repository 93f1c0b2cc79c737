import { setTimeout as pause } from 'node:timers/promises';
import type { Actor, FillValue, MessageReading, Submission, ViewReading } from '../../sandbox/workspace';
import { Refusal } from '../../sandbox/workspace/errors';
import { AT_ONCE, allOf, DIALOGS } from './dialogs';
import type { Ledger, Told } from './ledger';
import type { Random } from './random';
import { type Chosen, KINDS_FILED, RECIPES } from './reports';
import type { Stage } from './stage';

/** How long someone waits for a window, or for a form to continue. */
const PATIENCE_MS = 5000;
/** How often someone presses a button without an answer before giving up. */
const MOST_PRESSES = 6;
/** How many of a channel's newest messages someone looks at. */
const IN_SIGHT = 40;
const NOT_NOW = /could not save (this|your report)/;
export const ACCOUNTS = ['ACC100', 'ACC100', 'ACC200', 'ACC200', 'ACC300', 'ACC900'];

/** Why an action ended before anything was asked. */
class Abandoned extends Error {}

/** One of the people of a soak: what they do, and what they were told. */
export class Person {
  private said = 0;

  constructor(
    readonly actor: Actor,
    private readonly channels: readonly string[],
    private readonly stage: Stage,
    private readonly ledger: Ledger,
    private readonly random: Random,
  ) {}

  /** One action from beginning to end; every result is counted. */
  async act(): Promise<void> {
    const action = this.choose();
    try {
      await this[action]();
    } catch (error) {
      if (!(error instanceof Abandoned || error instanceof Refusal || isLate(error))) throw error;
      this.ledger.count(action, error instanceof Abandoned ? error.message : 'came to nothing');
    } finally {
      await this.closeAll();
    }
  }

  private choose(): 'report' | 'move' | 'reply' | 'changeReply' {
    const { isAgent, open } = { isAgent: this.channels.includes('call-floor'), open: this.stage.openCases() };
    // The more cases are open, the less is filed.
    const report = isAgent ? Math.max(1, 26 - open / 3) : 0;
    return this.random.weighted({ report, move: isAgent ? 6 : 22, reply: 8, changeReply: 5 });
  }

  /** A text that no one else uses. */
  private words(): string {
    this.said += 1;
    const plain = this.random.some(['gas', 'late', 'twice', 'called', 'door', 'paid', 'angry', 'sorry'], 5).join(' ');
    return `${this.actor.name}-${this.said}: ${plain}`;
  }

  private async report(): Promise<void> {
    const recipe = RECIPES[this.random.weighted(KINDS_FILED)];
    const sj = this.stage.nextSj();
    const label = `file ${recipe.kind}`;
    await this.actor.command(`${recipe.command} ${this.random.pick(ACCOUNTS)} ${sj}`, 'call-floor');
    const { id: viewId } = await this.windowCalled(recipe.title);
    for (const [field, value] of recipe.answers(this.random, this.words(), this.stage.now()))
      await this.answer(field, value);

    const addTo = this.actor.modal().buttons.filter((button) => button === 'Add to this one').length;
    if (addTo > 0 && this.random.chance(0.3)) return this.addTo(viewId, this.random.int(0, addTo - 1));

    const entry = this.ledger.add({
      what: 'report',
      by: this.actor.id,
      kind: recipe.kind,
      viewId,
      sj,
      told: 'unknown',
      ref: null,
    });
    const { told, isReplaced } = await this.submitted();
    entry.told = told === 'confirmed' && isReplaced ? 'unknown' : told; // another page of the form
    if (entry.told === 'confirmed') entry.ref = await this.refOf(sj);
    this.ledger.count(label, entry.told);
  }

  /** The reference in a confirmation, once it arrives; null if Slack prevented that. */
  private async refOf(sj: string): Promise<string | null> {
    const isOfThis = ({ text }: MessageReading) => /is filed|^Already filed/.test(text) && text.includes(sj);
    const word = await this.actor.waitForWord(isOfThis, PATIENCE_MS).catch(noneInTime);
    return /[A-Z]{3}-\d{6}/.exec(word?.text ?? '')?.[0] ?? null;
  }

  private async addTo(viewId: string, nth: number): Promise<void> {
    const button = allOf(this.actor.modal().blocks, 'button').filter(({ text }) => text === 'Add to this one')[nth];
    const entry = this.ledger.add({
      what: 'addition',
      by: this.actor.id,
      viewId,
      ref: button?.value ?? '',
      told: 'unknown',
    });
    await this.actor.press('Add to this one', { nth });
    await this.actor.waitForModal(({ title }) => title.startsWith('Add to'), PATIENCE_MS);
    entry.told = (await this.submitted()).told;
    this.ledger.count('add to an open case', entry.told);
  }

  /** Presses a button of some card or message and completes what it opens. */
  private async move(): Promise<void> {
    const place = this.random.chance(0.2) ? this.actor.dm().slice(-IN_SIGHT) : this.inSight();
    const offers = place.flatMap((message) => offersOf(message));
    if (offers.length === 0) throw new Abandoned('nothing in sight');
    const labels = [...new Set(offers.map(({ label }) => label))];
    const label = this.random.weighted(Object.fromEntries(labels.map((one) => [one, DIALOGS[one]?.weight ?? 0])));
    const offer = this.random.pick(offers.filter((one) => one.label === label));
    const before = this.actor.modalCount > 0 ? this.actor.modal().id : null;
    if (offer.nth === null) await this.actor.choose(label, { in: offer.message });
    else await this.actor.press(label, { in: offer.message, nth: offer.nth });
    // It is done at once; its line and its DM say so.
    if (AT_ONCE.has(label)) return this.ledger.count(label, 'pressed');
    const view = await this.windowCalled(label, before);
    await this.goThrough(label, view);
  }

  private async goThrough(dialog: string, view: ViewReading): Promise<void> {
    const ref = /[A-Z]{3}-\d{6}/.exec(view.privateMetadata)?.[0] ?? '';
    const { random } = this;
    const at = this.stage.now();
    const otherRef = this.stage.someRef(random);
    const about = { random, text: this.words(), view, otherRef, people: this.stage.people, now: at };
    const entries = DIALOGS[dialog]?.entries(about) ?? {};
    await this.actor.fill(entries);
    const from = await this.stage.newestEvent(ref);
    const entry = this.ledger.add({
      what: 'move',
      by: this.actor.id,
      dialog,
      viewId: view.id,
      ref,
      entries,
      at,
      from,
      until: from,
      told: 'unknown',
    });
    const { told, isReplaced } = await this.submitted();
    // A dialog is replaced by the reason why its move was not made.
    entry.told = told === 'confirmed' && isReplaced ? 'refused' : told;
    entry.until = await this.stage.newestEvent(ref);
    this.ledger.count(dialog, entry.told);
  }

  /** Submits, and again while no answer comes, like people do. */
  private async submitted(): Promise<{ told: Told; isReplaced: boolean }> {
    for (let presses = 1; ; presses++) {
      const outcome = await this.actor.submit();
      // A later refusal does not undo what an earlier press may have done.
      const told = presses > 1 && toldBy(outcome) === 'refused' ? 'unknown' : toldBy(outcome);
      const isReplaced = outcome.updated !== undefined;
      if (told !== 'unknown' || presses === MOST_PRESSES || this.random.chance(0.15)) return { told, isReplaced };
      await pause(this.random.int(100, 700));
    }
  }

  private async reply(): Promise<void> {
    const card = this.random.pick(orAbandon(this.inSight().filter(isCard)));
    const text = this.words();
    const { ts } = await this.actor.say(text, card.channel, card);
    this.ledger.add({
      what: 'reply',
      by: this.actor.id,
      channel: card.channel,
      threadTs: card.ts,
      ts,
      text,
      history: [text],
    });
    this.ledger.count('reply', 'said');
  }

  private async changeReply(): Promise<void> {
    const mine = this.ledger.entries.filter(
      (entry) => entry.what === 'reply' && entry.by === this.actor.id && entry.text !== null,
    );
    const reply = this.random.pick(orAbandon(mine.slice(-6)));
    if (reply.what !== 'reply') return;
    if (this.random.chance(0.3)) {
      reply.text = null;
      reply.history.push('(deleted)');
      await this.actor.delete(reply);
      return this.ledger.count('reply', 'deleted');
    }
    const text = `${this.words()} (edited)`;
    reply.text = text;
    reply.history.push(text);
    await this.actor.edit(reply, text);
    this.ledger.count('reply', 'edited');
  }

  /** The newest messages of one of their channels. */
  private inSight(): MessageReading[] {
    return this.actor.read(this.random.pick(this.channels), IN_SIGHT).filter(({ deleted }) => !deleted);
  }

  private async windowCalled(title: string, not: string | null = null): Promise<ViewReading> {
    const view = await this.actor
      .waitForModal((modal) => modal.title === title && modal.id !== not, PATIENCE_MS)
      .catch(noneInTime);
    if (!view) throw new Abandoned('its window did not open');
    return view;
  }

  /** Answers a field once the form shows it; abandons a form that does not continue. */
  private async answer(field: string, value: Chosen): Promise<void> {
    const view = await this.actor.waitForModal(({ fields }) => field in fields, PATIENCE_MS).catch(noneInTime);
    if (!view) throw new Abandoned('the form did not go on');
    const chosen: FillValue = typeof value === 'function' ? value(view) : value;
    await this.actor.fill({ [field]: chosen });
  }

  private async closeAll(): Promise<void> {
    if (this.actor.modalCount > 0) await this.actor.close({ all: true });
  }
}

function toldBy(outcome: Submission): Told {
  if (outcome.closed || outcome.updated || outcome.pushed) return 'confirmed';
  if (outcome.errors) return Object.values(outcome.errors).some((text) => NOT_NOW.test(text)) ? 'unknown' : 'refused';
  return 'unknown';
}

/** What can be pressed or chosen on a message, among what people of a soak can handle. */
interface Offer {
  readonly message: MessageReading;
  readonly label: string;
  /** Its index among buttons with this label; null for an option of More. */
  readonly nth: number | null;
}
function offersOf(message: MessageReading): Offer[] {
  const buttons = message.buttons.map((label, i) => {
    const nth = message.buttons.slice(0, i).filter((other) => other === label).length;
    return { message, label, nth };
  });
  const more = allOf(message.blocks, 'option').map(({ text }) => ({ message, label: text, nth: null }));
  return [...buttons, ...more].filter(({ label }) => (DIALOGS[label]?.weight ?? 0) > 0);
}

const isCard = ({ metadata, threadTs }: MessageReading): boolean =>
  threadTs === null && JSON.stringify(metadata ?? {}).includes(':card:');

const isLate = (error: unknown): boolean => error instanceof Error && /^Waited \d+ ms/.test(error.message);

function noneInTime(error: unknown): null {
  if (isLate(error)) return null;
  throw error;
}

function orAbandon<T>(list: readonly T[]): readonly T[] {
  if (list.length === 0) throw new Abandoned('nothing in sight');
  return list;
}
