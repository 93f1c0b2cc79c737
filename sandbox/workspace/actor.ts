import type { JsonObject } from '../client-protocol';
import { type FillValue, stateFor } from './answering';
import { dispatches, optionsOf, type Placed, placedElements } from './elements';
import { Refusal } from './errors';
import { isObject, objects, str, textOf } from './json';
import type { StoredView } from './model';
import { Observer, WAIT_MS } from './observer';
import type { Container, Outcome } from './person';
import { act, fillInput, runShortcut, suggest } from './person-clicks';
import { closeModal, submit } from './person-modals';
import { deleteMessage, edit, joinChannel, say, toggleReaction, typeCommand, upload, visitApp } from './person-talks';
import { blocksOf, type MessageReading, type ViewReading } from './reading';

/** Where something is pressed or chosen: a message, the top modal, or the app's Home. */
export type Where = MessageReading | 'modal' | 'home';

/** The result of a submission: exactly one of these is set. Errors are by field label. */
export interface Submission {
  closed?: true;
  errors?: { [label: string]: string };
  updated?: ViewReading;
  pushed?: ViewReading;
  failed?: string;
}

/**
 * Acts as one person, for tests and demos. Every action resolves when Slack would have settled: the app acknowledged,
 * or failed to. The `waitFor…` functions wait for what follows later; they listen and never poll.
 */
export class Actor extends Observer {
  /** Types a whole command line, e.g. `/sp-feedback 1234 556677`; by default in the person's first channel. */
  command(line: string, channel?: string): Promise<Outcome> {
    const [command = '', ...rest] = line.split(' ');
    return typeCommand(this.person, channel ?? this.firstChannel(), command, rest.join(' '));
  }

  /** Runs a shortcut by callback id: on a message if one is given, else a global one. */
  shortcut(callbackId: string, message?: { channel: string; ts: string }): Promise<Outcome> {
    return runShortcut(this.person, callbackId, message);
  }

  /**
   * Fills fields of the top modal by label, in this order. Waits for a field that the app still has to add. If the app
   * listens to a field, it is told, and the resulting view update is waited for, as long as the app is at work (if that
   * is unknown, up to `settleMs`).
   */
  async fill(values: { readonly [label: string]: FillValue }): Promise<ViewReading> {
    for (const [label, value] of Object.entries(values)) {
      const { view, placed } = await this.field(label);
      const state = stateFor(this.person, placed.element, label, value, await this.offered(view, placed, value));
      await this.settled(view, dispatches(placed), () =>
        fillInput(this.person, view.id, placed.blockId, placed.actionId, state),
      );
    }
    return this.modal();
  }

  /** Presses a button by its text, by default in the top modal. `nth` (from 0) among equal ones. */
  async press(button: string, { in: where = 'modal' as Where, nth = 0 } = {}): Promise<Outcome> {
    const { container, blocks } = this.place(where);
    const buttons = placedElements(blocks).filter(({ element }) => element.type === 'button');
    const found = buttons.filter(({ element }) => textOf(element.text) === button)[nth];
    if (!found)
      throw new Refusal(
        'button_not_found',
        `There is no button "${button}" here, only: ${buttons.map(({ element }) => `"${textOf(element.text)}"`).join(', ') || 'none'}.`,
      );
    return act(this.person, container, found.blockId, found.actionId);
  }

  /** Picks an option by its text in a select, radio group or overflow menu. `from`: its placeholder or action id. */
  async choose(
    option: string,
    { in: where = 'modal' as Where, from = undefined as string | undefined } = {},
  ): Promise<Outcome> {
    const { container, blocks } = this.place(where);
    const offering = placedElements(blocks).filter(({ element }) => element.type !== 'button');
    const found = offering.find(
      ({ element, actionId }) =>
        (from === undefined || from === actionId || from === textOf(element.placeholder)) &&
        (optionsOf(element).some((one) => textOf(one.text) === option) || from !== undefined),
    );
    if (!found) throw new Refusal('option_not_found', `Nothing here offers "${option}".`);
    const offered = optionsOf(found.element).filter((one) => textOf(one.text) === option);
    const value: JsonObject =
      found.element.type === 'overflow'
        ? { selected_option: offered[0] ?? null }
        : withoutType(
            stateFor(
              this.person,
              found.element,
              option,
              option,
              offered.length > 0 ? offered : optionsOf(found.element),
            ),
          );
    return act(this.person, container, found.blockId, found.actionId, value);
  }

  /** Submits the top modal. */
  async submit(): Promise<Submission> {
    const view = this.topModal();
    const result = await submit(this.person, view.id);
    switch (result.is) {
      case 'closed':
      case 'cleared':
        return { closed: true };
      case 'errors':
        return { errors: { ...this.reads(view).errors } };
      case 'updated':
        return { updated: this.reads(result.view) };
      case 'pushed':
        return { pushed: this.reads(result.view) };
      case 'failed':
        return { failed: result.error };
    }
  }

  /** Closes the top modal, or all of them. */
  close({ all = false } = {}): Promise<void> {
    return closeModal(this.person, this.topModal().id, all);
  }

  /** Posts a message, in a thread if its ts is given. Resolves once the app was told. */
  async say(
    text: string,
    channel: string,
    thread?: string | MessageReading,
    files: readonly string[] = [],
  ): Promise<MessageReading> {
    const { message, told } = say(this.person, channel, text, typeof thread === 'object' ? thread.ts : thread, files);
    await told;
    return this.readsMessage(message);
  }

  edit(message: { channel: string; ts: string }, text: string): Promise<void> {
    return edit(this.person, message.channel, message.ts, text);
  }

  delete(message: { channel: string; ts: string }): Promise<void> {
    return deleteMessage(this.person, message.channel, message.ts);
  }

  /** Adds a reaction, or removes it. */
  react(message: { channel: string; ts: string }, name: string): Promise<void> {
    return toggleReaction(this.person, message.channel, message.ts, name);
  }

  join(channel: string): void {
    joinChannel(this.person, channel);
  }

  /** Uploads a file for a message or a file field; returns its id. */
  upload(name: string, content: string | Buffer): string {
    return upload(this.person, name, Buffer.from(content)).id;
  }

  /** Visits the app: Home or Messages tab. Resolves once the app was told. */
  openHome(tab: 'home' | 'messages' = 'home'): Promise<void> {
    return visitApp(this.person, tab);
  }

  private firstChannel(): string {
    for (const channel of this.person.core.store.channels.values())
      if (channel.type !== 'im' && !channel.archived && channel.members.has(this.id)) return channel.id;
    return this.person.dm.id;
  }

  private place(where: Where): { container: Container; blocks: readonly JsonObject[] } {
    if (typeof where !== 'string') {
      const { message } = this.person.message(where.channel, where.ts);
      return { container: { channel: where.channel, ts: where.ts }, blocks: blocksOf(message) };
    }
    const view = where === 'modal' ? this.topModal() : this.homeView();
    return { container: { viewId: view.id }, blocks: objects(view.payload.blocks) };
  }

  /** The field with this label in the top modal; waits while the app may still be adding it. */
  private async field(label: string): Promise<{ view: StoredView; placed: Placed }> {
    const look = (): { view: StoredView; placed: Placed } | undefined => {
      const view = this.person.core.views.top(this.id);
      const reading = view && this.reads(view).fields[label];
      const placed =
        reading &&
        placedElements(objects(view.payload.blocks)).find(
          ({ blockId, actionId }) => blockId === reading.blockId && actionId === reading.actionId,
        );
      return view && placed ? { view, placed } : undefined;
    };
    return this.onView('modals', look, WAIT_MS, `a field "${label}" in ${this.name}'s modal`).catch(
      (error: unknown) => {
        const shown =
          this.modalCount > 0
            ? this.modal()
                .labels.map((one) => `"${one}"`)
                .join(', ')
            : 'no modal is open';
        throw new Refusal(
          'field_not_found',
          `${error instanceof Error ? error.message : String(error)} Shown: ${shown}.`,
        );
      },
    );
  }

  private async offered(
    view: StoredView,
    { element, blockId, actionId }: Placed,
    value: FillValue,
  ): Promise<JsonObject[]> {
    if (!/external_select$/.test(str(element.type) ?? '') || value === null) return optionsOf(element);
    const asked = Array.isArray(value) ? value.map(String) : [String(value)];
    const answers = await Promise.all(
      asked.map((query) => suggest(this.person, { viewId: view.id }, blockId, actionId, query)),
    );
    return answers
      .flatMap((answer) => optionsOf({ options: answer.options ?? [], option_groups: answer.optionGroups ?? [] }))
      .filter(isObject);
  }

  /** Runs a change and, if the app was told, waits for the view update that may follow. */
  private async settled(view: StoredView, told: boolean, change: () => Promise<Outcome>): Promise<void> {
    const { core } = this.person;
    const { hash } = view;
    const outcome = await change();
    if (!told || !outcome.ok) return;
    const { appAnswered } = core.host;
    const moved = core.bus
      .until(
        () => view.hash !== hash || core.views.top(this.id) !== view,
        appAnswered ? core.timing.ackMs : core.timing.settleMs,
        'a view update',
      )
      .catch(() => false);
    await (appAnswered ? Promise.race([moved, appAnswered()]) : moved);
  }
}

const withoutType = ({ type: _type, ...value }: JsonObject): JsonObject => value;
