import {
  MessageAccepted,
  MessageFailed,
  MessageHeld,
  MessageRefused,
  MessageRequested,
  StatusReported,
  type Decision,
  type EventOf,
} from '@postrider/event-contracts';
import type { Command } from '@postrider/messaging';
import { derivedId } from '@postrider/keys';
import { v7 } from 'uuid';
import { accountId, channelId, phoneNumberId, senderId, templateId, wabaId, type Say } from './set-up';

/** What becomes of a person's message: `wait` leaves it requested, `early` lets Meta's status come before the request. */
export type Treatment = (phone: string, times: number) => 'deliver' | 'fail' | 'refuse' | 'hold' | 'wait' | 'early';

export interface FakeDispatch {
  take: (command: Command) => Promise<void>;
  /** Every command that became a message, once for each key. */
  readonly taken: readonly { key: string; phone: string; messageId: string; value: Record<string, unknown> }[];
  /** How many commands came, repeats among them. */
  readonly came: () => number;
  treat: Treatment;
  /** Delivers what waits. */
  release(): Promise<void>;
}

const decision: Decision = { outcome: 'send', at: '2026-03-10T12:00:00.000Z', trail: [] };

/** Takes commands as dispatch does, once for each key, and says on its log what became of them. */
export function fakeDispatch(say: Say, treat: Treatment): FakeDispatch {
  const taken: { key: string; phone: string; messageId: string; value: Record<string, unknown> }[] = [];
  const waiting: { messageId: string; alias: string }[] = [];
  const times = new Map<string, number>();
  let came = 0;

  async function deliver(messageId: string, alias: string): Promise<void> {
    await say(messageId, MessageAccepted, { messageId, attempt: 1, wamid: `w.${messageId}` }, { aliases: [alias] });
    await status(messageId, 'delivered', alias);
  }

  async function status(messageId: string, name: string, alias: string): Promise<void> {
    const conversationId = derivedId.conversation(senderId, alias);
    const happenedAt = '2026-03-10T12:00:01.000Z';
    const data = {
      ...{ conversationId, accountId, senderId, wabaId, phoneNumberId, happenedAt, messageId },
      ...{ wamid: `w.${messageId}`, status: name },
    };
    await say(conversationId, StatusReported, data, { aliases: [alias] });
  }

  const fake: FakeDispatch = {
    treat,
    taken,
    came: () => came,
    async take({ idempotencyKey, value, headers }) {
      came += 1;
      if (taken.some(({ key }) => key === idempotencyKey)) return;
      const body = value as { to: { phone: string }; reference?: string; test?: boolean; template: { name: string } };
      const messageId = v7();
      const { phone } = body.to;
      taken.push({ key: idempotencyKey, phone, messageId, value: value as Record<string, unknown> });
      times.set(phone, (times.get(phone) ?? 0) + 1);
      const what = fake.treat(phone, times.get(phone)!);
      const alias = `p.${phone}`;
      if (what === 'early') await status(messageId, 'read', alias);
      const personal = { to: body.to, payload: {} };
      await say(messageId, MessageRequested, requestedOf(messageId, body, headers['origin'] ?? ''), {
        ...{ aliases: [alias], personal },
      });
      const error = { code: 'undeliverable', title: 'Undeliverable' };
      if (what === 'deliver') await deliver(messageId, alias);
      if (what === 'fail') await say(messageId, MessageFailed, { messageId, attempt: 1, error }, { aliases: [alias] });
      if (what === 'refuse') {
        await say(messageId, MessageRefused, { messageId, code: 'no-consent', decision }, { aliases: [alias] });
      }
      if (what === 'hold') {
        const until = '2026-03-11T08:00:00.000Z';
        await say(messageId, MessageHeld, { messageId, code: 'quiet-hours', until, decision }, { aliases: [alias] });
        waiting.push({ messageId, alias });
      }
      if (what === 'wait') waiting.push({ messageId, alias });
    },
    async release() {
      for (const { messageId, alias } of waiting.splice(0)) await deliver(messageId, alias);
    },
  };
  return fake;
}

function requestedOf(
  messageId: string,
  body: { to: { phone: string }; reference?: string; test?: boolean; template: { name: string } },
  origin: string,
): EventOf<typeof MessageRequested>['data'] {
  const { to, reference, test, template } = body;
  return {
    ...{ messageId, channelId, accountId, senderId, phoneNumberId, decision },
    ...{ channelName: 'demo-marketing', purpose: 'marketing', lane: 'marketing', onUnknown: 'hold' },
    contactId: derivedId.fact('contact', to.phone),
    content: {
      type: 'template',
      template: { templateId: templateId(template.name), name: template.name, language: 'en_US' },
    },
    origin: { kind: 'campaign', id: origin.slice('campaign:'.length) },
    ...(reference === undefined ? {} : { reference }),
    ...(test === undefined ? {} : { test }),
  };
}
