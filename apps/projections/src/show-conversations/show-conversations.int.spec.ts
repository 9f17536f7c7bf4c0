import { randomUUID } from 'node:crypto';
import {
  CallReported,
  MediaFailed,
  MediaStored,
  MessageAccepted,
  MessageEchoed,
  MessageEdited,
  MessageImported,
  MessageRevoked,
  ReactionReceived,
  SendAttempted,
  ThreadControlReported,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { testClock, testService, type TestService } from '@postrider/service-host';
import { projections } from '../projections.module';
import { appendStory } from '../testing/append-story';
import { aPerson } from '../testing/inbound-story';
import { messageStory, requested } from '../testing/message-story';

let service: TestService;
let logs: Map<'dispatch' | 'webhooks' | 'configuration' | 'templates' | 'journeys', EventLog>;
const clock = testClock(messageStory.at);

beforeAll(async () => {
  const names = ['configuration', 'templates', 'dispatch', 'webhooks', 'journeys'] as const;
  logs = new Map(names.map((name) => [name, memoryLog({ service: name })]));
  service = await testService(projections, { otherLogs: logs, clock });
});
afterAll(() => service.close());
beforeEach(() => clock.set(messageStory.at));

async function told(events: readonly RecordedEvent[]): Promise<void> {
  await appendStory(logs, events);
  for (const reader of ['projections:conversations', 'projections:messages'])
    for (const source of ['dispatch', 'webhooks'] as const)
      expect(await service.host.readers.caughtUp(reader, source, 5_000)).toBe(true);
}
const show = async (id: string) => (await service.ask('GET', `/v1/conversations/${id}`)).body;
const later = (minutes: number): string => new Date(Date.parse(messageStory.at) + minutes * 60_000).toISOString();

/** What we send to the person, from request to acceptance. */
function sentTo(aliasKey: string, wamid: string, at: string): RecordedEvent[] {
  const messageId = `${randomUUID().slice(0, 24)}000000000000`;
  return messageStory(
    [
      requested({ messageId }),
      SendAttempted.of({ messageId, attempt: 1, senderId: messageStory.senderId, fence: 1 }),
      MessageAccepted.of({ messageId, attempt: 1, wamid }),
    ],
    messageId,
  ).map((event) => ({ ...event, orderingKey: aliasKey, aliasKeys: [aliasKey], at: new Date(at) }));
}

describe('a conversation', () => {
  it('has its window open for a day from the last message, less a minute', async () => {
    const person = aPerson();
    await told([
      person.said(person.wrote('wamid.late', { happenedAt: later(60) })),
      person.said(person.wrote('wamid.early')),
    ]);
    expect((await show(person.conversationId)).window).toEqual({ open: true, closesAt: later(60 + 24 * 60 - 1) });
    clock.set(later(60 + 24 * 60));
    expect((await show(person.conversationId)).window.open).toBe(false);
    const open = (await service.ask('GET', '/v1/conversations?window=open')).body.data;
    expect(open.map((each: { id: string }) => each.id)).not.toContain(person.conversationId);
    const closed = (await service.ask('GET', '/v1/conversations?window=closed')).body.data;
    expect(closed.map((each: { id: string }) => each.id)).toContain(person.conversationId);
  });

  it('is not opened by a reaction, nor by what we send', async () => {
    const person = aPerson();
    const reaction = ReactionReceived.of(
      { ...person.place, happenedAt: messageStory.at, wamid: 'wamid.r', reactsTo: 'wamid.x', removed: false },
      { phone: '15551230001', message: { type: 'reaction', reaction: { emoji: '👍' } } },
    );
    await told([person.said(reaction), ...sentTo(person.aliasKey, 'wamid.o', later(1))]);
    expect((await show(person.conversationId)).window).toEqual({ open: false, closesAt: null });
  });

  it('is free for three days after a free entry was answered', async () => {
    const person = aPerson();
    await told([
      person.said(person.wrote('wamid.1', { referral: { sourceType: 'ad' } })),
      ...sentTo(person.aliasKey, 'wamid.2', later(30)),
    ]);
    expect((await show(person.conversationId)).window.freeUntil).toBe(later(30 + 72 * 60));
  });

  it('shows both sides in time, with reactions, changes and withdrawals where they belong', async () => {
    const person = aPerson();
    const at = (minutes: number) => ({ ...person.place, happenedAt: later(minutes) });
    const words = { phone: '15551230001', message: {} };
    await told([
      person.said(
        MessageEdited.of(
          { ...at(4), wamid: 'e', edits: 'in.1' },
          { ...words, message: { type: 'edit', edit: { message: { type: 'text', text: { body: 'Changed' } } } } },
        ),
      ),
      person.said(MessageRevoked.of({ ...at(5), wamid: 'v', revokes: 'in.2' }, { phone: '15551230001' })),
      person.said(
        ReactionReceived.of(
          { ...at(6), wamid: 'r', reactsTo: 'out.1', removed: false },
          { ...words, message: { type: 'reaction', reaction: { emoji: '👍' } } },
        ),
      ),
      person.said(person.wrote('in.1', { happenedAt: later(0) })),
      ...sentTo(person.aliasKey, 'out.1', later(1)),
      person.said(person.wrote('in.2', { happenedAt: later(2), repliesTo: 'out.1' })),
    ]);
    const { transcript, contact, lastMessage } = await show(person.conversationId);
    expect(transcript).toMatchObject([
      { direction: 'in', wamid: 'in.1', content: { text: { body: 'Changed' } }, editedAt: later(4) },
      { direction: 'out', wamid: 'out.1', state: 'accepted', reaction: { emoji: '👍' } },
      { direction: 'in', wamid: 'in.2', repliesTo: 'out.1', revokedAt: later(5) },
    ]);
    expect(transcript[2]).not.toHaveProperty('content');
    expect(contact).toMatchObject({ phone: '15551230001' });
    expect(lastMessage).toMatchObject({ direction: 'in', wamid: 'in.2' });
  });

  it('shows who has it, and when that changed', async () => {
    const person = aPerson();
    const passed = (minutes: number, previousOwner: string, newOwner: string) =>
      person.said(
        ThreadControlReported.of(
          { ...person.place, happenedAt: later(minutes), change: 'control_passed', previousOwner, newOwner },
          { phone: '15551230001' },
        ),
      );
    await told([person.said(person.wrote('wamid.1'))]);
    expect(await show(person.conversationId)).toHaveProperty('threadControl', null);
    await told([passed(20, 'ai_agent', 'escalation'), passed(10, 'escalation', 'ai_agent')]);
    const { threadControl, transcript, lastMessage, window } = await show(person.conversationId);
    expect(threadControl).toEqual({ change: 'control_passed', owner: 'escalation', since: later(20) });
    expect(transcript).toMatchObject([
      { direction: 'in', wamid: 'wamid.1' },
      { direction: 'out', wamid: null, type: 'control_passed', at: later(10), owner: 'ai_agent' },
      { direction: 'out', wamid: null, type: 'control_passed', at: later(20), owner: 'escalation' },
    ]);
    expect(lastMessage).toMatchObject({ wamid: 'wamid.1' });
    expect(window.closesAt).toBe(later(24 * 60 - 1));
    const listed = (await service.ask('GET', '/v1/conversations')).body.data;
    expect(listed.find(({ id }: { id: string }) => id === person.conversationId)).toHaveProperty(
      'threadControl',
      threadControl,
    );
  });

  it('is opened by a person’s call, not by ours, nor by what was imported; all of it stands in the transcript', async () => {
    const person = aPerson();
    const words = { phone: '15551230001', message: { type: 'text', text: { body: 'x' } } };
    const at = (minutes: number) => ({ ...person.place, happenedAt: later(minutes) });
    await told([
      person.said(MessageImported.of({ ...at(-90), wamid: 'h1', messageType: 'text', direction: 'in' }, words)),
      person.said(MessageEchoed.of({ ...at(-60), wamid: 'e1', messageType: 'text', via: 'smb_message_echoes' }, words)),
      person.said(
        CallReported.of({ ...at(-30), callId: 'c1', event: 'connect', direction: 'out' }, { phone: '15551230001' }),
      ),
    ]);
    expect((await show(person.conversationId)).window.open).toBe(false);
    const call = CallReported.of(
      { ...at(-20), callId: 'c2', event: 'connect', direction: 'in' },
      { phone: '15551230001' },
    );
    await told([person.said(call)]);
    const { window, transcript } = await show(person.conversationId);
    expect(window.closesAt).toBe(later(24 * 60 - 21));
    expect(transcript.map((line: { direction: string; type: string }) => `${line.direction} ${line.type}`)).toEqual([
      'in text',
      'out text',
      'out call connect',
      'in call connect',
    ]);
  });

  it('shows what became of the file of a message', async () => {
    const person = aPerson();
    const file = { ...person.place, wamid: 'p1', mediaId: '42' };
    const kept = MediaStored.of({ ...file, objectKey: 'k', mimeType: 'image/png', sha256: 'ff', bytes: 7 });
    await told([
      person.said(person.wrote('p1', { messageType: 'image' })),
      person.said(kept),
      person.said(MediaFailed.of({ ...file, because: 'late', final: true })),
    ]);
    const { transcript } = await show(person.conversationId);
    expect(transcript[0].media).toEqual([{ id: '42', state: 'stored', mimeType: 'image/png', bytes: 7 }]);
  });

  it('is the same after a rebuild, and 404 where there is none', async () => {
    const before = (await service.ask('GET', '/v1/conversations')).body;
    await service.readers.rebuild('projections:conversations', () => undefined);
    expect((await service.ask('GET', '/v1/conversations')).body).toEqual(before);
    expect((await service.ask('GET', `/v1/conversations/${randomUUID()}`)).status).toBe(404);
  });
});
