import { validateView, withBlockIds } from '../block-kit';
import type { JsonObject } from '../client-protocol';
import type { Bus } from './bus';
import { placedElements, valuesFor } from './elements';
import { SlackError } from './errors';
import { freshId, randomId } from './ids';
import { isObject, objects, str } from './json';
import type { StoredView } from './model';
import type { Store } from './store';

const STACK_LIMIT = 3;

/** The workspace whose views these are. */
interface Showing {
  readonly bus: Bus;
  readonly store: Store;
  readonly team: { readonly id: string };
  readonly app: { readonly id: string; readonly botId: string };
  nowSec(): number;
}

/** The modals and Homes of a workspace: stacks of three, hashes, and the state of inputs. */
export class ViewBoard {
  private readonly views = new Map<string, StoredView>();
  private readonly byExternalId = new Map<string, string>();
  private readonly stacks = new Map<string, string[]>();
  private readonly homes = new Map<string, string>();

  constructor(private readonly core: Showing) {}

  get(id: string): StoredView | undefined {
    return this.views.get(id);
  }

  byExternal(id: string): StoredView | undefined {
    return this.views.get(this.byExternalId.get(id) ?? '');
  }

  /** Open modals of a user, root first. */
  stack(user: string): StoredView[] {
    return (this.stacks.get(user) ?? []).flatMap((id) => this.views.get(id) ?? []);
  }

  top(user: string): StoredView | undefined {
    return this.views.get(this.stacks.get(user)?.at(-1) ?? '');
  }

  home(user: string): StoredView | undefined {
    return this.views.get(this.homes.get(user) ?? '');
  }

  /** Opens the root modal, replacing an open one. */
  open(user: string, raw: unknown): StoredView {
    const payload = this.judged(raw, 'modal');
    this.clear(user, false);
    return this.place(user, payload, undefined);
  }

  /** Puts a modal on top of the stack. Throws `push_limit_reached` at the fourth. */
  push(user: string, raw: unknown): StoredView {
    const payload = this.judged(raw, 'modal');
    const below = this.stack(user);
    if (below.length >= STACK_LIMIT) throw new SlackError('push_limit_reached');
    return this.place(user, payload, below);
  }

  /** Replaces a view. Throws `hash_conflict` if `hash` is given and outdated. */
  update(view: StoredView, raw: unknown, hash?: string): StoredView {
    if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
    view.payload = this.judged(raw, view.type, view);
    this.index(view);
    view.values = valuesFor(objects(view.payload.blocks), view.values);
    view.hash = this.newHash();
    view.errors = {};
    this.tell(view);
    return view;
  }

  /** Shows a Home to a user, replacing the current one. */
  publish(user: string, raw: unknown, hash?: string): StoredView {
    const shown = this.home(user);
    if (shown) return this.update(shown, raw, hash);
    const view = this.create(user, this.judged(raw, 'home'), []);
    this.homes.set(user, view.id);
    this.tell(view);
    return view;
  }

  /** Removes the top modal; the one below shows again. */
  pop(view: StoredView): void {
    const stack = this.stacks.get(view.user) ?? [];
    if (stack.at(-1) !== view.id) return;
    this.setStack(view.user, stack.slice(0, -1));
    this.forget(view);
    this.core.bus.emit({ type: 'modals', user: view.user });
  }

  /** Closes every modal of a user. */
  clear(user: string, tell = true): void {
    for (const view of this.stack(user)) this.forget(view);
    this.stacks.delete(user);
    if (tell) this.core.bus.emit({ type: 'modals', user });
  }

  /** Stores one input's state (`{type, value …}`). */
  setValue(view: StoredView, blockId: string, actionId: string, state: JsonObject): void {
    view.values = { ...view.values, [blockId]: { ...view.values[blockId], [actionId]: state } };
  }

  /** Shows errors at inputs, with everything typed kept. */
  setErrors(view: StoredView, errors: { [blockId: string]: string }): void {
    view.errors = errors;
    this.core.bus.emit({ type: 'modals', user: view.user, errors });
  }

  /** The view as Slack reports it in payloads and answers. */
  output(view: StoredView): JsonObject {
    const { payload } = view;
    return {
      id: view.id,
      team_id: this.core.team.id,
      type: view.type,
      blocks: payload.blocks ?? [],
      private_metadata: payload.private_metadata ?? '',
      callback_id: payload.callback_id ?? '',
      state: { values: view.values },
      hash: view.hash,
      title: payload.title ?? null,
      submit: payload.submit ?? null,
      close: payload.close ?? null,
      clear_on_close: payload.clear_on_close ?? false,
      notify_on_close: payload.notify_on_close ?? false,
      root_view_id: view.rootId,
      previous_view_id: view.previousId,
      app_id: this.core.app.id,
      bot_id: this.core.app.botId,
      external_id: payload.external_id ?? '',
      app_installed_team_id: this.core.team.id,
    };
  }

  private judged(raw: unknown, type: 'modal' | 'home', replaced?: StoredView): JsonObject {
    const verdict = validateView(raw, type);
    if (!verdict.ok) throw new SlackError(verdict.error, verdict.messages);
    const view = isObject(raw) ? raw : {};
    const { files, fileContents } = this.core.store;
    for (const file of filesIn(objects(view.blocks)))
      if (!files.get(file)?.complete || !fileContents.has(file))
        throw new SlackError('invalid_blocks', [`[ERROR] invalid slack file ${file}`]);
    const external = str(view.external_id);
    const holder = external ? this.byExternal(external) : undefined;
    if (holder && holder !== replaced) throw new SlackError('duplicate_external_id');
    return { ...view, blocks: withBlockIds(objects(view.blocks)) };
  }

  private place(user: string, payload: JsonObject, below: StoredView[] | undefined): StoredView {
    const view = this.create(user, payload, below ?? []);
    this.setStack(user, [...(below ?? []).map(({ id }) => id), view.id]);
    this.tell(view);
    return view;
  }

  private create(user: string, payload: JsonObject, below: StoredView[]): StoredView {
    const id = freshId('V');
    const view: StoredView = {
      id,
      type: payload.type === 'home' ? 'home' : 'modal',
      user,
      payload,
      hash: this.newHash(),
      values: valuesFor(objects(payload.blocks)),
      rootId: below[0]?.id ?? id,
      previousId: below.at(-1)?.id ?? null,
      errors: {},
    };
    this.views.set(id, view);
    this.index(view);
    return view;
  }

  private index(view: StoredView): void {
    const external = str(view.payload.external_id);
    if (external) this.byExternalId.set(external, view.id);
  }

  private setStack(user: string, stack: string[]): void {
    if (stack.length > 0) this.stacks.set(user, stack);
    else this.stacks.delete(user);
  }

  private forget(view: StoredView): void {
    this.views.delete(view.id);
    const external = str(view.payload.external_id);
    if (external && this.byExternalId.get(external) === view.id) this.byExternalId.delete(external);
  }

  private tell(view: StoredView): void {
    this.core.bus.emit({ type: view.type === 'home' ? 'home' : 'modals', user: view.user });
  }

  private newHash(): string {
    return `${this.core.nowSec()}.${randomId(8)}`;
  }
}

/** The block ids of a view's inputs: the only ones allowed in `errors`. */
export const inputBlockIds = (view: StoredView): Set<string> =>
  new Set(
    placedElements(objects(view.payload.blocks))
      .filter(({ isInput }) => isInput)
      .map(({ blockId }) => blockId),
  );

/** The workspace's files that image blocks show, by id. */
export const filesIn = (blocks: readonly JsonObject[]): string[] =>
  blocks.flatMap(({ type, slack_file: file }) => (type === 'image' && isObject(file) ? (str(file.id) ?? []) : []));
