import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { JsonObject } from '../client-protocol';
import { boot, clockInfo, pushesFor } from './client-push';
import { clientChannel, clientFile, clientMessage } from './client-shapes';
import type { Core } from './core';
import { Refusal, SlackError } from './errors';
import { isObject, objects } from './json';
import { type Outcome, type Person, personOf } from './person';
import { act, fillInput, runShortcut, suggest } from './person-clicks';
import { closeModal, submit } from './person-modals';
import {
  deleteMessage,
  edit,
  joinChannel,
  markRead,
  openDm,
  say,
  toggleReaction,
  typeCommand,
  upload,
  visitApp,
} from './person-talks';
import type { SocketMode } from './socket-mode';
import { filesIn } from './view-board';

const MOST_MESSAGES = 200;
const object = z.custom<JsonObject>(isObject, 'must be an object');
const container = z.union([z.object({ viewId: z.string() }), z.object({ channel: z.string(), ts: z.string() })]);
const counted = z.object({ remaining: z.number().int().min(0), method: z.string().optional() });
const faultSwitches = z.object({
  latencyMs: z.number().min(0).max(60_000).optional(),
  rateLimit: counted
    .extend({ retryAfterSec: z.number().int().min(1).nullable(), matching: z.string().optional() })
    .optional(),
  errorBefore: counted.optional(),
  errorAfter: counted.optional(),
  lostReply: counted.optional(),
  slackDown: z.boolean().optional(),
  duplicateDeliveries: z.number().int().min(0).optional(),
  databaseDown: z.boolean().optional(),
});

const reply = (result: object | undefined) => ({ ok: true, ...result });
const refuse: FastifyInstance['errorHandler'] = (error, _request, answer) => {
  const { status, code, message } = explained(error);
  void answer.status(status).send({ ok: false, error: code, message });
};

/** Adds routes: `args` parses the body or the query, `run` acts as the person of the x-user header. */
interface Routes {
  readonly core: Core;
  post<Args>(
    path: string,
    args: z.ZodType<Args>,
    run: (person: Person, args: Args) => Promise<object | undefined> | object | undefined,
  ): void;
  get<Args>(path: string, args: z.ZodType<Args>, run: (person: Person, args: Args) => object): void;
}

const routesOf = (server: FastifyInstance, core: Core): Routes => ({
  core,
  post: (path, args, run) =>
    void server.post(`/client/${path}`, { errorHandler: refuse }, async (request) =>
      reply(await run(actor(core, request), args.parse(request.body ?? {}))),
    ),
  get: (path, args, run) =>
    void server.get(`/client/${path}`, { errorHandler: refuse }, async (request) =>
      reply(run(actor(core, request), args.parse(request.query))),
    ),
});

/** The requests of the browser page: each route parses, lets the person act, and answers. */
export function clientRoutes(server: FastifyInstance, core: Core, sockets: SocketMode): void {
  const routes = routesOf(server, core);
  server.get('/client/boot', { errorHandler: refuse }, async (request) => {
    const nobodyYet =
      request.headers['x-user'] === undefined &&
      [...core.store.users.values()].find(({ isBot, deleted }) => !isBot && !deleted);
    return reply(boot(core, nobodyYet ? personOf(core, nobodyYet.id) : actor(core, request)));
  });
  readingRoutes(routes);
  talkRoutes(routes);
  windowRoutes(routes);
  settingRoutes(routes, sockets);
  fileRoutes(server, core);
  server.get(
    '/client/socket',
    { websocket: true, preValidation: async (request) => void actor(core, request), errorHandler: refuse },
    (socket, request) => {
      const person = actor(core, request);
      const off = core.bus.on((event) => {
        for (const push of pushesFor(core, person, event)) socket.send(JSON.stringify(push));
      });
      socket.on('close', off);
    },
  );
}

const limited = z.coerce.number().int().min(1).max(MOST_MESSAGES).default(50);

/** What someone reads. */
function readingRoutes({ core, get }: Routes): void {
  get(
    'history',
    z.object({ channel: z.string(), before: z.string().optional(), limit: limited }),
    (person, { channel, before, limit }) => {
      const { messages, hasMore } = person.visible(channel).log.page({ latest: before, limit });
      return { messages: messages.map((message) => clientMessage(core, message, person)), hasMore };
    },
  );
  get('replies', z.object({ channel: z.string(), ts: z.string() }), (person, { channel, ts }) => {
    const { channel: where, message } = person.message(channel, ts);
    return { messages: [message, ...where.log.replies(ts)].map((one) => clientMessage(core, one, person)) };
  });
  get(
    'traffic',
    z.object({ after: z.coerce.number().default(0), limit: z.coerce.number().int().min(1).default(500) }),
    (_person, { after, limit }) => ({
      entries: core.traffic.list(after, limit),
    }),
  );
  get('mails', z.object({}), () => ({ mails: core.host.mails?.() ?? [] }));
}

/** What someone types, and where they go. */
function talkRoutes({ post }: Routes): void {
  post('read', z.object({ channel: z.string() }), (person, { channel }) => void markRead(person, channel));
  const message = z.object({
    channel: z.string(),
    text: z.string(),
    threadTs: z.string().optional(),
    files: z.array(z.string()).optional(),
  });
  post('message', message, (person, { channel, text, threadTs, files }) => ({
    ts: say(person, channel, text, threadTs, files).message.ts,
  }));
  const place = z.object({ channel: z.string(), ts: z.string() });
  post(
    'edit',
    place.extend({ text: z.string() }),
    (person, { channel, ts, text }) => void edit(person, channel, ts, text),
  );
  post('delete', place, (person, { channel, ts }) => void deleteMessage(person, channel, ts));
  post(
    'react',
    place.extend({ name: z.string().regex(/^[a-z0-9_+'-]+$/) }),
    async (person, { channel, ts, name }) => void (await toggleReaction(person, channel, ts, name)),
  );
  const command = z.object({
    channel: z.string(),
    command: z.string(),
    text: z.string(),
    threadTs: z.string().optional(),
  });
  post('command', command, async (person, { channel, command: name, text, threadTs }) =>
    settled(await typeCommand(person, channel, name, text, threadTs)),
  );
  post(
    'shortcut',
    z.object({ callbackId: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
    async (person, { callbackId, channel, ts }) =>
      settled(
        await runShortcut(person, callbackId, channel !== undefined && ts !== undefined ? { channel, ts } : undefined),
      ),
  );
  post(
    'home',
    z.object({ tab: z.enum(['home', 'messages']) }),
    async (person, { tab }) => void (await visitApp(person, tab)),
  );
  post('open', z.object({ users: z.array(z.string()).min(1) }), (person, { users }) => ({
    channel: clientChannel(openDm(person, users), person),
  }));
  post('join', z.object({ channel: z.string() }), (person, { channel }) => ({
    channel: clientChannel(joinChannel(person, channel), person),
  }));
}

/** What someone does in a window, or with a message's buttons. */
function windowRoutes({ post }: Routes): void {
  const input = z.object({
    viewId: z.string(),
    blockId: z.string(),
    actionId: z.string(),
    value: object,
    dispatch: z.boolean().optional(),
  });
  post('input', input, async (person, args) =>
    settled(await fillInput(person, args.viewId, args.blockId, args.actionId, args.value, args.dispatch)),
  );
  const element = z.object({ container, blockId: z.string(), actionId: z.string() });
  post('action', element.extend({ value: object.optional() }), async (person, args) =>
    settled(await act(person, args.container, args.blockId, args.actionId, args.value)),
  );
  post('suggest', element.extend({ query: z.string() }), (person, args) =>
    suggest(person, args.container, args.blockId, args.actionId, args.query),
  );
  const values = z.record(z.string(), z.record(z.string(), object));
  post('submit', z.object({ viewId: z.string(), values: values.default({}) }), async (person, args) => {
    const result = await submit(person, args.viewId, args.values);
    if (result.is === 'failed') throw new Refusal(result.error, result.message);
    return result.is === 'errors' ? { errors: result.errors } : {};
  });
  post(
    'close',
    z.object({ viewId: z.string(), all: z.boolean().optional() }),
    async (person, { viewId, all }) => void (await closeModal(person, viewId, all)),
  );
}

/** The clock and the faults of the workspace. */
function settingRoutes({ core, post }: Routes, sockets: SocketMode): void {
  const clock = z.union([
    z.object({ advanceMs: z.number().min(0) }),
    z.object({ to: z.literal('next_business_day_9') }),
  ]);
  post('clock', clock, async (person, args) => {
    await core.advanceClock('advanceMs' in args ? args.advanceMs : untilNextMorning(core.clock.now(), person.user.tz));
    return { clock: clockInfo(core) };
  });
  post('faults', faultSwitches, async (_person, switches) => {
    await core.setFaults(JSON.parse(JSON.stringify(switches)));
    return { faults: core.faults.settings };
  });
  post('faults/drop-socket', z.object({}), () => void sockets.drop());
}

function fileRoutes(server: FastifyInstance, core: Core): void {
  server.post('/client/upload', { errorHandler: refuse }, async (request) => {
    const file = await request.file();
    if (!file) throw new Refusal('no_file', 'Choose a file to upload.');
    const person = actor(core, request);
    return reply({ file: clientFile(upload(person, file.filename, await file.toBuffer()), person) });
  });
  server.get<{ Params: { id: string } }>('/client/file/:id', { errorHandler: refuse }, async (request, answer) => {
    const { file, content } = readableFile(core, actor(core, request), request.params.id);
    return answer
      .type(file.mimetype)
      .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .header('content-security-policy', 'sandbox')
      .send(content);
  });
}

/** The person of the `x-user` header (or `user` in the query, because a browser cannot always set headers). */
function actor(core: Core, request: FastifyRequest): Person {
  const query = isObject(request.query) ? request.query.user : undefined;
  const id = request.headers['x-user'] ?? query;
  if (typeof id !== 'string') throw new Refusal('no_user', 'Say who you are in the x-user header.');
  return personOf(core, id);
}

function settled(outcome: Outcome): undefined {
  if (!outcome.ok) throw new Refusal(outcome.error, outcome.message);
}

function explained(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof Refusal) return { status: 422, code: error.error, message: error.message };
  if (error instanceof SlackError) return { status: 422, code: error.code, message: error.message };
  if (error instanceof z.ZodError) return { status: 400, code: 'invalid_request', message: z.prettifyError(error) };
  return { status: 500, code: 'internal_error', message: error instanceof Error ? error.message : String(error) };
}

function readableFile(core: Core, person: Person, id: string) {
  const file = core.store.files.get(id);
  const content = core.store.fileContents.get(id);
  const shared = file?.sharedIn.some((channel) => core.store.channels.get(channel)?.members.has(person.id));
  if (!file || !content || (file.user !== person.id && !shared && !isOnScreen(core, person, id)))
    throw new Refusal('file_not_found', 'That file is gone, or not shared with you.');
  return { file, content };
}

/** Whether one of the app's pictures is in a view that this person has on screen. */
const isOnScreen = ({ views }: Core, { id: user }: Person, file: string): boolean =>
  [...views.stack(user), views.home(user)].some((view) => view && filesIn(objects(view.payload.blocks)).includes(file));

function untilNextMorning(now: Date, tz: string): number {
  let morning = DateTime.fromJSDate(now, { zone: tz })
    .plus({ days: 1 })
    .set({ hour: 9, minute: 0, second: 0, millisecond: 0 });
  while (morning.weekday > 5) morning = morning.plus({ days: 1 });
  return morning.toMillis() - now.getTime();
}
