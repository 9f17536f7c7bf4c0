import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accountRoutes } from '../accounts/account.route';
import { appRoutes } from '../accounts/app.route';
import { debugToken } from '../accounts/debug-token';
import { portfolioRoutes } from '../accounts/portfolio.route';
import { mediaRoutes } from '../media/media.route';
import { messageRoutes } from '../messages/message.route';
import { phoneRoutes } from '../phone-numbers/phone.route';
import { templateRoutes } from '../templates/template.route';
import { secondsOf, type Simulation } from '../world/simulation';
import { authenticate, requirePermission } from './authenticate';
import { disturb } from './disturb';
import { findNode } from './find-node';
import type { GraphCall, Route, UploadedFile } from './graph-call';
import { GraphError, unknownNode } from './graph-error';
import { readParams } from './read-params';

const table = new Map<string, Route>();
for (const one of [
  messageRoutes,
  templateRoutes,
  accountRoutes,
  phoneRoutes,
  mediaRoutes,
  appRoutes,
  portfolioRoutes,
].flat()) {
  table.set(`${one.method} ${one.kind} ${one.edge}`, one);
}
const allRoutes = [...table.values()];

/** Answers every path that is not the simulator's own as Graph would. */
export function graphApi(http: FastifyInstance, sim: Simulation): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    void reply
      .header('content-type', 'application/json; charset=UTF-8')
      .header('facebook-api-version', `v${sim.state.settings.graphVersion}.0`);
    try {
      const result = await serve(sim, request, reply);
      if (!reply.sent && result !== hijacked) await reply.send(JSON.stringify(result));
    } catch (error) {
      if (!(error instanceof GraphError)) return unexpected(error, reply);
      if (error.http === 401)
        void reply.header('www-authenticate', `OAuth "Facebook Platform" "invalid_token" "${error.message}"`);
      await reply.code(error.http).send(JSON.stringify(error.body()));
    }
  };
  http.route({ method: ['GET', 'POST', 'DELETE'], url: '/*', handler: answer });
}

/** A bug of the simulator, or a body beyond all limits: still answered in Graph's envelope. */
async function unexpected(error: unknown, reply: FastifyReply): Promise<void> {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status >= 500) console.error(error);
  const body = new GraphError(1, { message: 'An unknown error has occurred.' }).body();
  await reply.code(status).send(JSON.stringify(body));
}

export const hijacked = Symbol('hijacked');

async function serve(sim: Simulation, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const [path = '', query = ''] = splitOnce(request.url, '?');
  const { version, id, edge } = readPath(sim, path);
  const { body, params: given, file } = await readBody(request);
  const params = { ...given, ...readParams(query, body, request.headers['content-type'] ?? '') };
  const token = authenticate(sim, request.headers, params);
  const call: GraphCall = {
    sim,
    method: request.method,
    version,
    path,
    headers: request.headers,
    token,
    params,
    body,
    ...(file && { file }),
  };
  if (id === 'debug_token' && edge === '') return debugToken(sim, token, params.input_token);
  if (id === 'me' && edge === '') return { id: token.userId, name: 'Simulator System User' };
  // The permission comes before the object, as Meta checks them.
  requirePermission(
    token,
    allRoutes.find((one) => one.edge === edge && one.edge !== '' && one.method === request.method)?.permission,
  );
  const node = findNode(sim, token, id);
  if (!node) throw unknownNode(id, request.method);
  const found = table.get(`${request.method} ${node.kind} ${edge}`);
  if (!found) throw unknownEdge(edge, id, request.method);
  requirePermission(token, found.permission);
  if ('account' in node && found.operation !== 'send') countManagementCall(sim, node.account.id, reply);
  const held = await disturb(call, found, request, reply);
  if (held.answered) return hijacked;
  const result = await found.handle(call, node);
  return held.answerIsLost ? held.lose() : result;
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** `/v24.0/{id}/{edge…}`; without a version the oldest one answers, as Graph does. */
function readPath(sim: Simulation, path: string): { version: number; id: string; edge: string } {
  const parts = path.split('/').filter(Boolean).map(decoded);
  const match = /^v(\d+)\.(\d+)$/.exec(parts[0] ?? '');
  const version = match ? Number(match[1]) : 0;
  if (match) parts.shift();
  if (version > sim.state.settings.graphVersion || parts.length === 0) {
    throw new GraphError(2500, { message: `Unknown path components: ${path}` });
  }
  const [id = '', ...edge] = parts;
  return { version, id, edge: edge.join('/') };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function readBody(
  request: FastifyRequest,
): Promise<{ body: Buffer; params: Record<string, unknown>; file?: UploadedFile }> {
  if (!request.isMultipart?.())
    return { body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), params: {} };
  const params: Record<string, unknown> = {};
  let file: UploadedFile | undefined;
  for await (const part of request.parts({ limits: { fileSize: 105 * 1024 * 1024 } })) {
    if (part.type === 'file') file = { bytes: await part.toBuffer(), mimeType: part.mimetype, filename: part.filename };
    else params[part.fieldname] = part.value;
  }
  return { body: Buffer.alloc(0), params, ...(file && { file }) };
}

function unknownEdge(edge: string, id: string, method: string): GraphError {
  if (edge === '') return unknownNode(id, method);
  return new GraphError(2500, { message: `Unknown path components: /${edge}` });
}

/** 5,000 management calls an hour for an account; the headers tell how much of it is used. */
function countManagementCall(sim: Simulation, wabaId: string, reply: FastifyReply): void {
  const hour = Math.floor(secondsOf(sim.nowMs()) / 3_600);
  const key = `management:${wabaId}`;
  const { counters, settings } = sim.state;
  if (counters[`${key}:hour`] !== hour) Object.assign(counters, { [`${key}:hour`]: hour, [key]: 0 });
  counters[key] = (counters[key] ?? 0) + 1;
  const usedPercent = Math.ceil((counters[key] ?? 0) / 50);
  const usage = {
    type: 'whatsapp',
    call_count: usedPercent,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: 0,
  };
  void reply.header('x-business-use-case-usage', JSON.stringify({ [wabaId]: [usage] }));
  void reply.header('x-app-usage', JSON.stringify({ call_count: usedPercent, total_cputime: 1, total_time: 1 }));
  if (usedPercent > 100 && settings.enforceTemplateQuotas)
    throw new GraphError(80007, { details: 'The account has reached its rate limit.' });
}
