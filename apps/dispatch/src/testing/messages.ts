import type { Decision, MessageRequested } from '@postrider/event-contracts';
import type { z } from 'zod';
import type { Request } from '../message/message-events';

export const messageId = '01900000-0000-7000-8000-00000000aaaa';
export const now = new Date('2026-03-10T12:00:00.000Z');
export const later = (ms: number): Date => new Date(now.getTime() + ms);

export const decision = (outcome: Decision['outcome'], changes: Partial<Decision> = {}): Decision => ({
  outcome,
  at: now.toISOString(),
  trail: [{ rule: 'a-rule', verdict: outcome === 'send' ? 'pass' : outcome, because: 'so', inputs: {} }],
  ...changes,
});
export const toSend = decision('send');

/** A message that was taken on; a spec changes what it is about. */
export function requested(changes: Partial<z.infer<typeof MessageRequested.data>> = {}): Request {
  return {
    type: 'MessageRequested',
    data: {
      messageId,
      channelId: '01900000-0000-7000-8000-00000000c0c0',
      channelName: 'orders',
      accountId: '01900000-0000-7000-8000-00000000acac',
      senderId: '01900000-0000-7000-8000-000000005e5e',
      phoneNumberId: '1',
      purpose: 'transactional',
      contactId: '01900000-0000-7000-8000-00000000c0de',
      content: { type: 'text' },
      lane: 'utility',
      origin: { kind: 'api' },
      onUnknown: 'give-up',
      decision: toSend,
      ...changes,
    },
    personal: { to: { phone: '+49305550100' }, payload: { type: 'text', text: { body: 'hi' } } },
  };
}
