import { randomUUID } from 'node:crypto';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { testApiKey, testService, type TestService } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { projections } from '../projections.module';
import { appendStory } from '../testing/append-story';
import { aPerson } from '../testing/inbound-story';
import { messageStory, requested } from '../testing/message-story';

let service: TestService;
const logs = new Map<'dispatch' | 'webhooks' | 'configuration' | 'templates', EventLog>(
  (['configuration', 'templates', 'dispatch', 'webhooks'] as const).map((name) => [name, memoryLog({ service: name })]),
);
beforeAll(async () => {
  service = await testService(projections, {
    otherLogs: logs,
    runtime: { listen: { host: '127.0.0.1', port: 0 } },
  });
});
afterAll(() => service.close());

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: { id: string; state?: string };
}

/** Listens, and gathers what is told. */
async function listen(query = '', headers: Record<string, string> = {}) {
  const cut = new AbortController();
  const answer = await fetch(`${service.url}/v1/stream${query}`, {
    headers: { authorization: `Bearer ${testApiKey}`, ...headers },
    signal: cut.signal,
  });
  const told: Told[] = [];
  let ended = false;
  void (async () => {
    let rest = '';
    try {
      for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) {
          const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
          if (fields.event) told.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
        }
      }
    } catch (error) {
      if (!cut.signal.aborted) throw error;
    }
    ended = true;
  })();
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    told,
    ended: () => ended,
    cut: () => cut.abort(),
  };
}
const newId = (): string => `${randomUUID().slice(0, 24)}000000000000`;
async function aMessage(): Promise<string> {
  const messageId = newId();
  await appendStory(logs, messageStory([requested({ messageId })], messageId));
  return messageId;
}
const until = (check: () => void) => eventually(async () => check(), { withinMs: 5_000 });

describe('GET /v1/stream', () => {
  it('tells of changes as they come, of the types asked for', async () => {
    const [all, some] = [await listen(), await listen('?types=conversation,alarm')];
    expect(all.type).toContain('text/event-stream');
    const messageId = await aMessage();
    const person = aPerson();
    await appendStory(logs, [person.said(person.wrote(`wamid.${randomUUID()}`))]);
    await until(() => {
      expect(all.told.find(({ data }) => data.id === messageId)).toMatchObject({
        event: 'message',
        data: { state: 'requested' },
      });
      expect(some.told.map(({ data }) => data.id)).toContain(person.conversationId);
    });
    expect(some.told.every(({ event }) => event !== 'message')).toBe(true);
    all.cut();
    some.cut();
  });

  it('goes on after the last event that a listener saw', async () => {
    const first = await listen('?types=message');
    const seen = await aMessage();
    await until(() => expect(first.told.map(({ data }) => data.id)).toContain(seen));
    first.cut();
    const missed = await aMessage();
    await service.host.readers.caughtUp('projections:messages', 'dispatch', 5_000);
    const again = await listen('?types=message', { 'last-event-id': first.told.at(-1)!.id });
    await until(() => expect(again.told.map(({ data }) => data.id)).toContain(missed));
    expect(again.told.map(({ data }) => data.id)).not.toContain(seen);
    again.cut();
  });

  it('refuses types that there are not, and callers without a key', async () => {
    expect((await listen('?types=secrets')).status).toBe(400);
    expect((await fetch(`${service.url}/v1/stream`)).status).toBe(401);
  });

  it('announces nothing while a projection is rebuilt, and ends when the service stops', async () => {
    const listener = await listen('?types=message');
    const ids = () => listener.told.map(({ data }) => data.id);
    const before = await aMessage();
    await until(() => expect(ids()).toContain(before));
    await service.readers.rebuild('projections:messages', () => undefined);
    const after = await aMessage();
    await until(() => expect(ids()).toContain(after));
    expect(ids().filter((id) => id === before)).toHaveLength(1);
    await service.close();
    await until(() => expect(listener.ended()).toBe(true));
  });
});
