import { randomUUID } from 'node:crypto';
import {
  ConsentRevoked,
  MessageAccepted,
  SendAttempted,
  TemplateApproved,
  TemplateDrafted,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { testService, type TestService } from '@postrider/service-host';
import { projections } from '../projections.module';
import { appendStory } from '../testing/append-story';
import { aPerson } from '../testing/inbound-story';
import { messageStory, requested, tell } from '../testing/message-story';

const { accountId, senderId, workspaceId } = messageStory;
const after = (hours: number): string =>
  new Date(Date.parse(messageStory.at) + hours * 3_600_000 + 60_000).toISOString();

let service: TestService;
const logs = new Map<'configuration' | 'templates' | 'dispatch' | 'webhooks', EventLog>(
  (['configuration', 'templates', 'dispatch', 'webhooks'] as const).map((name) => [name, memoryLog({ service: name })]),
);
beforeAll(async () => {
  service = await testService(projections, { otherLogs: logs });
  for (const name of ['offer', 'order_update']) {
    const templateId = randomUUID();
    const definition = {
      name,
      language: 'en_US',
      category: 'MARKETING' as const,
      parameterFormat: 'POSITIONAL' as const,
    };
    const events = [
      tell(TemplateDrafted, { templateId, accountId, wabaId: '200', definition: { ...definition, components: [] } }),
      tell(TemplateApproved, { templateId }),
    ].map((event) => ({ ...event, at: new Date(messageStory.at) }));
    const meta = { workspaceId, actor: 'test', correlationId: 'test', aliasKeys: [] };
    await logs
      .get('templates')!
      .append([{ streamId: templateId, expectedVersion: 'any', orderingKey: templateId, events, meta }]);
  }
});
afterAll(() => service.close());

/** A message that Meta took: who it went to, and under which wamid. */
async function sent(template: string): Promise<{ contactId: string; wamid: string }> {
  const messageId = `${randomUUID().slice(0, 24)}000000000000`;
  const [contactId, wamid] = [randomUUID(), `wamid.${randomUUID()}`];
  const content = { type: 'template', template: { name: template, language: 'en_US' } };
  const story = [
    requested({ messageId, contactId, content }),
    SendAttempted.of({ messageId, attempt: 1, senderId, fence: 1 }),
    MessageAccepted.of({ messageId, attempt: 1, wamid }),
  ];
  await appendStory(logs, messageStory(story, messageId));
  return { contactId, wamid };
}
const person = aPerson();
const tapped = (repliesTo: string, over: object = {}): RecordedEvent =>
  person.said(person.wrote(`wamid.in-${randomUUID()}`, { messageType: 'button', repliesTo, ...over }));
const stopped = (contactId: string, source: string, saidAt: string): RecordedEvent => ({
  ...person.said(tell(ConsentRevoked, { contactId, purpose: 'marketing', source, saidAt })),
  ...{ service: 'dispatch', streamId: contactId, orderingKey: contactId },
});

it('a template shows how often its buttons were tapped, and how many stopped after it', async () => {
  const [first, second, third] = [await sent('offer'), await sent('offer'), await sent('order_update')];
  await appendStory(logs, [
    // Twice on one message is one; a text that answers it is no tap.
    tapped(first.wamid),
    tapped(first.wamid),
    tapped(second.wamid, { messageType: 'text' }),
    tapped(third.wamid),
    stopped(first.contactId, 'keyword', after(1)),
    stopped(second.contactId, 'preference', after(70)),
    // Nobody's word of their own, too late, or before there was a message.
    stopped(third.contactId, 'api', after(1)),
    stopped((await sent('offer')).contactId, 'keyword', after(80)),
    stopped((await sent('offer')).contactId, 'keyword', after(-1)),
  ]);
  for (const [reader, sources] of [
    ['messages', ['dispatch', 'webhooks']],
    ['template-catalogue', ['templates']],
    ['template-responses', ['dispatch', 'webhooks']],
  ] as const)
    for (const source of sources)
      expect(await service.host.readers.caughtUp(`projections:${reader}`, source, 10_000)).toBe(true);
  const { data } = (await service.ask('GET', '/v1/reports/templates')).body;
  expect(data).toMatchObject([
    { name: 'offer', performance: { targeted: 4, clicked: 1, blocked: 2 } },
    { name: 'order_update', performance: { targeted: 1, clicked: 1, blocked: 0 } },
  ]);
});
