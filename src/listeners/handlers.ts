import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  BlockElementAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackViewAction,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
  webApi,
} from '@slack/bolt';
import type { ListenerDeps } from './deps';

/** What Slack says of a pressed button or a choice, which is acknowledged already; `at`: when it arrived. */
export type ActionArgs<A extends BlockElementAction = ButtonAction> = SlackActionMiddlewareArgs<BlockAction<A>> &
  AllMiddlewareArgs & { readonly at: Date };
export type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
export type ClosedArgs = SlackViewMiddlewareArgs<ViewClosedAction> & AllMiddlewareArgs;
export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type EventArgs<T extends string> = SlackEventMiddlewareArgs<T> & AllMiddlewareArgs;
export type AnyArgs = AnyMiddlewareArgs & AllMiddlewareArgs;

/** Who opens a window, and with what. */
export interface Opener {
  readonly client: webApi.WebClient;
  readonly triggerId: string;
  readonly user: string;
}
export const openerOf = ({
  client,
  body: { trigger_id: triggerId, user },
}: Pick<Opener, 'client'> & {
  readonly body: { readonly trigger_id: string; readonly user: { readonly id: string } };
}): Opener => ({
  client,
  triggerId,
  user: user.id,
});

type Pattern = string | RegExp;
type Handles<Args> = (deps: ListenerDeps, args: Args) => Promise<unknown>;
interface Handler {
  readonly pattern: Pattern;
  readonly handle: Handles<never>;
}

/** An entry point found by an id: what was pressed, answered, submitted or closed. */
export interface Way {
  readonly kind: 'action' | 'block' | 'submitted' | 'closed';
  readonly pattern: Pattern;
}

/** Entry points by the id of what was pressed, answered or submitted. */
export interface Handlers {
  action<A extends BlockElementAction>(actionId: Pattern, handle: Handles<ActionArgs<A>>): void;
  block<A extends BlockElementAction>(blockId: Pattern, handle: Handles<ActionArgs<A>>): void;
  submitted(callbackId: Pattern, handle: Handles<SubmitArgs>): void;
  closed(callbackId: Pattern, handle: Handles<ClosedArgs>): void;
  /** All that were registered so far. */
  ways(): readonly Way[];
}

/**
 * One Bolt listener for each of Slack's own kinds, which finds the handler by its id. Bolt tries all its listeners for
 * every request: with one per button, that was the largest cost of a request.
 */
export function createHandlers(app: App, deps: ListenerDeps): Handlers {
  const by: Readonly<Record<Way['kind'], Handler[]>> = { action: [], block: [], submitted: [], closed: [] };
  app.action<BlockAction>({ type: 'block_actions' }, async (args) => {
    const { action_id: action, block_id: block } = args.action;
    const handlers = [...found(by.action, action), ...found(by.block, block)];
    if (!handlers.length) return;
    const at = deps.now();
    await args.ack();
    await Promise.all(handlers.map(({ handle }) => handle(deps, { ...args, at } as never)));
  });
  const viewed =
    (handlers: readonly Handler[]) =>
    async (args: SlackViewMiddlewareArgs<SlackViewAction> & AllMiddlewareArgs): Promise<void> => {
      await Promise.all(found(handlers, args.view.callback_id).map(({ handle }) => handle(deps, args as never)));
    };
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: ANY }, viewed(by.submitted));
  app.view<ViewClosedAction>({ type: 'view_closed', callback_id: ANY }, viewed(by.closed));
  return {
    action: (pattern, handle) => void by.action.push({ pattern, handle }),
    block: (pattern, handle) => void by.block.push({ pattern, handle }),
    submitted: (pattern, handle) => void by.submitted.push({ pattern, handle }),
    closed: (pattern, handle) => void by.closed.push({ pattern, handle }),
    ways: () =>
      Object.entries(by).flatMap(([kind, handlers]) =>
        handlers.map(({ pattern }) => ({ kind: kind as Way['kind'], pattern })),
      ),
  };
}

const ANY = /^/;

const found = (handlers: readonly Handler[], id: unknown): readonly Handler[] =>
  typeof id === 'string'
    ? handlers.filter(({ pattern }) => (typeof pattern === 'string' ? pattern === id : pattern.test(id)))
    : [];
