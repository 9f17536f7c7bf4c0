import type { Clock } from '@postrider/decider';
import { CommandRejected } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { Transient, type Command, type CommandsPort } from '@postrider/messaging';
import { defaultWorkspaceId, Problem, type Background, type Claims } from '@postrider/service-host';
import { v7 } from 'uuid';
import { z } from 'zod';
import { answerOf } from './answer';
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
      const subscription = await deps.commands.consume((command) => take(deps, command));
      if (!signal.aborted) {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      }
      await subscription.close(stopWithinMs);
    },
  };
}

const stopWithinMs = 5_000;

async function take(deps: TakeCommandsDeps, command: Command): Promise<void> {
  const workspace = z.uuid().safeParse(command.workspaceId);
  const body = MessageBody.safeParse(command.value);
  if (command.malformed !== undefined) return reject(deps, command, 'malformed', command.malformed);
  if (!workspace.success) return reject(deps, command, 'malformed', 'the header workspaceid is not a uuid');
  if (!body.success) {
    const [issue] = body.error.issues;
    return reject(deps, command, 'malformed', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const where = { workspaceId: workspace.data, scope: 'messages' };
  const key = command.idempotencyKey.slice(0, 255);
  const [claim] = await deps.claims.claim(where, [{ key, body: command.value }]);
  if (claim!.kind === 'answered') return;
  if (claim!.kind === 'reused')
    return reject(deps, command, 'idempotency-key-reused', 'the key came with another body');
  const caller = { workspaceId: workspace.data, actor: 'command', correlationId: v7() };
  const [result] = await requested(() => deps.request(caller, { kind: 'api' }, [{ id: claim!.id, body: body.data }]));
  if (result!.kind === 'rejected') await reject(deps, command, result!.code, result!.because);
  await deps.claims.complete(where, [{ key, id: claim!.id, answer: answerOf(result!) }]);
}

/** What passes is tried again in its place. */
async function requested<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem && error.status === 503) throw new Transient(error.message, { cause: error });
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
