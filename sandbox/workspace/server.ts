import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import serveStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { JsonObject } from '../client-protocol';
import { clientRoutes } from './client-routes';
import type { Core } from './core';
import { SlackError } from './errors';
import { isObject, plain, str } from './json';
import { appMayRead } from './methods/files';
import { respond } from './responses';
import type { SocketMode } from './socket-mode';
import { type ApiAnswer, envelope, type WebApi } from './web-api';

const BODY_LIMIT = 64 * 1024 * 1024;

/** The HTTP side of a workspace: Web API, socket, response_urls, files, and what the browser page asks. */
export async function buildServer(
  core: Core,
  api: WebApi,
  sockets: SocketMode,
  pageDir?: string,
): Promise<FastifyInstance> {
  const server = Fastify({ bodyLimit: BODY_LIMIT, genReqId: () => randomUUID(), forceCloseConnections: true });
  // Like Slack, every answer has the time, by the workspace's clock.
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('date', core.clock.now().toUTCString());
  });
  await server.register(formbody, { bodyLimit: BODY_LIMIT });
  await server.register(multipart, { limits: { fileSize: BODY_LIMIT } });
  await server.register(websocket);
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  apiRoutes(server, core, api, sockets);
  fileRoutes(server, core);
  clientRoutes(server, core, sockets);
  if (pageDir !== undefined) await server.register(serveStatic, { root: pageDir });
  return server;
}

function apiRoutes(server: FastifyInstance, core: Core, api: WebApi, sockets: SocketMode): void {
  server.route<{ Params: { method: string } }>({
    method: ['GET', 'POST'],
    url: '/api/:method',
    errorHandler: (error, _request, reply) => {
      const unreadable = error instanceof Error && 'statusCode' in error && error.statusCode === 400;
      if (!unreadable)
        return void reply.status(500).send({ ok: false, error: 'internal_error', message: String(error) });
      void reply.send({
        ok: false,
        error: 'invalid_json',
        response_metadata: { messages: [`[ERROR] ${error.message}`] },
      });
    },
    handler: async (request, reply) => {
      const answer = await api.call(request.params.method, bearer(request), await argumentsOf(request));
      return send(reply, answer);
    },
  });
  server.post<{ Params: { id: string } }>('/response/:id', async (request, reply) => {
    const body = isObject(request.body) ? request.body : {};
    const close = core.traffic.open('response_url', 'response_url', null, body);
    const answer = await api.throughFaults('response_url', body, async () => responded(core, request.params.id, body));
    if (answer !== 'cut')
      close(answer.status, answer.body.ok === true ? 'ok' : (str(answer.body.error) ?? ''), answer.body);
    return send(reply, answer);
  });
  const whenUp = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (core.faults.settings.slackDown) await reply.status(503).send({ ok: false, error: 'service_unavailable' });
  };
  server.get<{ Querystring: { ticket?: string } }>(
    '/link',
    { websocket: true, preValidation: whenUp },
    (socket, request) => sockets.accept(socket, request.query.ticket ?? ''),
  );
}

function responded(core: Core, id: string, body: JsonObject): ApiAnswer {
  const target = core.responseUrls.use(id);
  if (!target) return { status: 200, headers: {}, body: { ok: false, error: 'used_url' } };
  try {
    respond(core, target, body);
    return { status: 200, headers: {}, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { status: 200, headers: {}, body: envelope(error) };
  }
}

function fileRoutes(server: FastifyInstance, core: Core): void {
  server.post<{ Params: { id: string } }>('/upload/:id', async (request, reply) => {
    const file = core.store.files.get(request.params.id);
    if (!file || file.complete) return reply.status(404).send('unknown upload');
    const content = request.isMultipart()
      ? await (await request.file())?.toBuffer()
      : Buffer.isBuffer(request.body)
        ? request.body
        : undefined;
    if (!content || content.length !== file.size) return reply.status(400).send(`expected ${file.size} bytes`);
    core.store.fileContents.set(file.id, content);
    return reply.send(`OK - ${content.length}`);
  });
  const download = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    if (bearer(request) !== core.credentials.bot)
      return reply.redirect(`https://${core.team.domain}.slack.com/?redir=file`);
    const file = core.store.files.get(request.params.id);
    const content = core.store.fileContents.get(request.params.id);
    if (!file || !content || !core.scopes.has('files:read') || !appMayRead(core, file))
      return reply.status(404).send('file_not_found');
    return reply.type(file.mimetype).send(content);
  };
  server.get<{ Params: { id: string } }>('/files/:id/download/:name', download);
  server.get<{ Params: { id: string } }>('/files/:id/:name', download);
}

const bearer = (request: FastifyRequest): string | undefined =>
  /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];

/** Arguments of a call: query, form, JSON or multipart fields. */
async function argumentsOf(request: FastifyRequest): Promise<JsonObject> {
  const query = isObject(request.query) ? request.query : {};
  if (!request.isMultipart()) return { ...query, ...(isObject(request.body) ? request.body : {}) };
  const fields: JsonObject = plain(query);
  for await (const part of request.parts()) if (part.type === 'field') fields[part.fieldname] = String(part.value);
  return fields;
}

function send(reply: FastifyReply, answer: ApiAnswer): FastifyReply {
  if (answer === 'cut') {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  return reply.status(answer.status).headers(answer.headers).send(answer.body);
}
