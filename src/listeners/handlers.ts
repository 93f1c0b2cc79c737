import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewAction,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';

type Pattern = string | RegExp;
type Handles<Args> = (args: Args & AllMiddlewareArgs) => Promise<unknown>;
interface Handler {
  readonly pattern: Pattern;
  readonly handle: (args: never) => Promise<unknown>;
}

/** An entry point found by an id: what was pressed, answered, submitted or closed. */
export interface Way {
  readonly kind: 'action' | 'block' | 'submitted' | 'closed';
  readonly pattern: Pattern;
}

/** Entry points by the id of what was pressed, answered or submitted. */
export interface Handlers {
  action<Action extends BlockAction = BlockAction>(
    where: { readonly action_id: Pattern } | { readonly block_id: Pattern },
    handle: Handles<SlackActionMiddlewareArgs<Action>>,
  ): void;
  submitted(callbackId: Pattern, handle: Handles<SlackViewMiddlewareArgs<ViewSubmitAction>>): void;
  closed(callbackId: Pattern, handle: Handles<SlackViewMiddlewareArgs<ViewClosedAction>>): void;
  /** All that were registered so far. */
  ways(): readonly Way[];
}

/**
 * One Bolt listener for each of Slack's own kinds, which finds the handler by its id. Bolt tries all its listeners for
 * every request: with one per button, that was the largest cost of a request.
 */
export function createHandlers(app: App): Handlers {
  const byAction: Handler[] = [];
  const byBlock: Handler[] = [];
  const bySubmitted: Handler[] = [];
  const byClosed: Handler[] = [];

  app.action<BlockAction>({ type: 'block_actions' }, async (args) => {
    const { action_id: action, block_id: block } = args.action;
    await Promise.all(
      [...found(byAction, action), ...found(byBlock, block)].map(({ handle }) => handle(args as never)),
    );
  });
  const viewed =
    (handlers: readonly Handler[]) =>
    async (args: SlackViewMiddlewareArgs<SlackViewAction> & AllMiddlewareArgs): Promise<void> => {
      await Promise.all(found(handlers, args.view.callback_id).map(({ handle }) => handle(args as never)));
    };
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: ANY }, viewed(bySubmitted));
  app.view<ViewClosedAction>({ type: 'view_closed', callback_id: ANY }, viewed(byClosed));

  return {
    action(where, handle) {
      if ('action_id' in where) byAction.push({ pattern: where.action_id, handle });
      else byBlock.push({ pattern: where.block_id, handle });
    },
    submitted: (pattern, handle) => void bySubmitted.push({ pattern, handle }),
    closed: (pattern, handle) => void byClosed.push({ pattern, handle }),
    ways: () =>
      Object.entries({ action: byAction, block: byBlock, submitted: bySubmitted, closed: byClosed }).flatMap(
        ([kind, handlers]) => handlers.map(({ pattern }) => ({ kind: kind as Way['kind'], pattern })),
      ),
  };
}

const ANY = /^/;

const found = (handlers: readonly Handler[], id: unknown): readonly Handler[] =>
  typeof id === 'string'
    ? handlers.filter(({ pattern }) => (typeof pattern === 'string' ? pattern === id : pattern.test(id)))
    : [];
