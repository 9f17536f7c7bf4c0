import { randomUUID } from 'node:crypto';
import type { BusSubscription } from './bus';

/** The topic of requests to send. */
export function commandsTopicOf(installation = 'postrider'): string {
  return `${installation}.dispatch.commands`;
}

/** A request to send, from outside: no source position, and no promise that it is well formed. */
export interface Command {
  /** From the header `workspaceid`; absent where the sender gave none. */
  readonly workspaceId: string | undefined;
  /** From the header `idempotency-key`; else topic, partition and offset stand in. */
  readonly idempotencyKey: string;
  /** As the body of `POST /v1/messages`; undefined where `malformed` says why. */
  readonly value: unknown;
  readonly raw: string;
  /** Why it cannot become a message, whatever its value says. */
  readonly malformed: string | undefined;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns once the command has become a fact, a rejection among them. Commands of one key come one after the other. */
export type CommandHandler = (command: Command) => Promise<void>;

export interface OutgoingCommand {
  readonly workspaceId: string;
  readonly idempotencyKey: string;
  /** As the body of `POST /v1/messages`. */
  readonly value: unknown;
  /** Commands of one key are taken in order; the recipient's alias key, or whatever names them without revealing them. */
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where requests to send come in. One service consumes, any may publish. */
export interface CommandsPort {
  consume(handle: CommandHandler): Promise<BusSubscription>;
  /** Returns once the command is kept (Kafka) or handled (embedded). */
  publish(command: OutgoingCommand): Promise<void>;
  close(): Promise<void>;
}

/** What a record says as a command. */
export function commandOf(record: Pick<Command, 'raw' | 'topic' | 'partition' | 'offset' | 'headers'>): Command {
  const { raw, topic, partition, offset, headers } = record;
  const workspaceId = headers['workspaceid'];
  const { value, malformed } = parsed(raw);
  return {
    ...{ raw, topic, partition, offset, headers, workspaceId, value },
    idempotencyKey: headers['idempotency-key'] ?? `${topic}/${partition}/${offset}`,
    malformed: malformed ?? (workspaceId ? undefined : 'the header workspaceid is missing'),
  };
}

function parsed(raw: string): { value: unknown; malformed?: string } {
  try {
    return { value: JSON.parse(raw) as unknown };
  } catch {
    return { value: undefined, malformed: 'the value is not JSON' };
  }
}

export function headersOf(command: OutgoingCommand): Record<string, string> {
  return { ...command.headers, workspaceid: command.workspaceId, 'idempotency-key': command.idempotencyKey };
}

/** Commands between services of one process: publishing is a call of the one consumer's handler. */
export function embeddedCommands(): CommandsPort {
  let handler: CommandHandler | undefined;
  const keys = new Map<string, Promise<void>>();
  return {
    async consume(handle) {
      if (handler) throw new Error('Commands have one consumer, and it is there already.');
      handler = handle;
      return {
        async close() {
          handler = undefined;
          await Promise.allSettled(keys.values());
        },
      };
    },
    async publish(command) {
      const handle = handler;
      if (!handle) throw new Error('Nobody consumes commands: the service that does has not started, or has stopped.');
      const raw = JSON.stringify(command.value);
      const record = { raw, topic: commandsTopicOf(), partition: 0, offset: randomUUID(), headers: headersOf(command) };
      const before = keys.get(command.key) ?? Promise.resolve();
      const done = before.catch(() => undefined).then(() => handle(commandOf(record)));
      keys.set(command.key, done);
      try {
        await done;
      } finally {
        if (keys.get(command.key) === done) keys.delete(command.key);
      }
    },
    close: async () => undefined,
  };
}
