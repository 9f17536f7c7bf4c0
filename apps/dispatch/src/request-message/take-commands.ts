import type { Clock } from '@postrider/decider';
import { CommandRejected, type Origin } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { Transient, type Command, type CommandsPort } from '@postrider/messaging';
import { defaultWorkspaceId, Problem, type Background, type Claims } from '@postrider/service-host';
import { v7 } from 'uuid';
import { z } from 'zod';
import { answerOf } from './answer';
import { commandOrigin } from './command-origin';
import { inGroups } from './in-groups';
import { MessageBody } from './message-body';
import type { RequestMessages } from './request-messages.handler';

export interface TakeCommandsDeps {
  readonly commands: CommandsPort;
  readonly claims: Claims;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly request: RequestMessages;
}

/** Takes requests to send from the bus; one that cannot become a message is written down with the reason. */
export function takeCommands(deps: TakeCommandsDeps): Background {
  return {
    name: 'take-commands',
    async run(signal) {
      const subscription = await deps.commands.consume(taking(deps));
      if (!signal.aborted) {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      }
      await subscription.close(stopWithinMs);
    },
  };
}

const stopWithinMs = 5_000;

interface Taken {
  readonly command: Command;
  readonly body: MessageBody;
  readonly workspaceId: string;
  readonly origin: Origin;
}

/** One round trip for each step of a group; the largest that a batch of the API may be is as large. */
const groupMax = 250;

function taking(deps: TakeCommandsDeps): (command: Command) => Promise<void> {
  const takeOn = inGroups<Taken>((group) => takeAll(deps, group), {
    keyOf: ({ workspaceId, origin }) => JSON.stringify([workspaceId, origin.kind, origin.id]),
    most: groupMax,
    failsAll: (error) => error instanceof Transient,
  });
  return async (command) => {
    const workspace = z.uuid().safeParse(command.workspaceId);
    const body = MessageBody.safeParse(command.value);
    const origin = commandOrigin(command.headers['origin']);
    if (command.malformed !== undefined) return reject(deps, command, 'malformed', command.malformed);
    if (!workspace.success) return reject(deps, command, 'malformed', 'the header workspaceid is not a uuid');
    if (origin === undefined) return reject(deps, command, 'malformed', 'the header origin is not campaign:<uuid>');
    if (!body.success) {
      const [issue] = body.error.issues;
      return reject(deps, command, 'malformed', `${issue?.path.join('.')}: ${issue?.message}`);
    }
    await takeOn({ command, body: body.data, workspaceId: workspace.data, origin });
  };
}

async function takeAll(deps: TakeCommandsDeps, group: readonly Taken[]): Promise<void> {
  const { workspaceId, origin } = group[0]!;
  const where = { workspaceId, scope: 'messages' };
  const requests = group.map(({ command }) => ({ key: keyOf(command), body: command.value }));
  const claims = await deps.claims.claim(where, requests);
  const open = new Map<string, Taken>();
  for (const [index, claim] of claims.entries()) {
    const taken = group[index]!;
    if (claim.kind === 'open' && !open.has(claim.id)) open.set(claim.id, taken);
    if (claim.kind === 'reused') {
      await reject(deps, taken.command, 'idempotency-key-reused', 'the key came with another body');
    }
  }
  if (open.size === 0) return;
  const messages = [...open].map(([id, { body }]) => ({ id, body, correlationId: v7() }));
  const caller = { workspaceId, actor: 'command', correlationId: v7() };
  const results = await requested(() => deps.request(caller, origin, messages));
  const answers = [...open].map(([id, { command }], index) => ({ key: keyOf(command), id, result: results[index]! }));
  await Promise.all(
    answers.map(async ({ id, result }) => {
      if (result.kind === 'rejected') await reject(deps, open.get(id)!.command, result.code, result.because);
    }),
  );
  await deps.claims.complete(
    where,
    answers.map(({ key, id, result }) => ({ key, id, answer: answerOf(result) })),
  );
}

const keyOf = ({ idempotencyKey }: Command): string => idempotencyKey.slice(0, 255);

/** What passes is tried again in its place. */
async function requested<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem && (error.status === 503 || error.status === 429))
      throw new Transient(error.message, { cause: error });
    throw error;
  }
}

async function reject(deps: TakeCommandsDeps, command: Command, code: string, detail: string): Promise<void> {
  const { topic, partition, offset, idempotencyKey } = command;
  const workspace = z.uuid().safeParse(command.workspaceId);
  const streamId = derivedId.fact('command', topic, String(partition), offset);
  const event = CommandRejected.of({ code, detail, topic, partition, offset, idempotencyKey });
  await deps.log.append([
    {
      streamId,
      expectedVersion: 'any',
      orderingKey: streamId,
      events: [{ ...event, id: derivedId.fact(streamId, event.type), at: deps.clock.now() }],
      meta: {
        workspaceId: workspace.success ? workspace.data : defaultWorkspaceId,
        actor: 'command',
        correlationId: v7(),
        aliasKeys: [],
      },
    },
  ]);
}
