import type { RecordedEvent } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { movingClock, startDispatch, type Started } from './set-up';

/** What Meta took, as the simulator remembers it. */
export interface AtMeta {
  readonly wamid: string;
  readonly callbackData: string;
  readonly body: Record<string, unknown>;
}

/** Dispatch with the simulator in Meta's place. */
export interface Sending extends Started {
  readonly url: string;
  /** A body for `POST /v1/messages`: a template message that needs no consent. */
  order(phone: string, changes?: object): object;
  /** Asks for it to be sent; answers its id. */
  send(phone: string, changes?: object): Promise<string>;
  /** Waits until these are all the events of a message. */
  becomes(id: string, ...types: string[]): Promise<RecordedEvent[]>;
  /** Sets the wall clock ahead: what was due later is due now, while leases and pace go on undisturbed. */
  later(ms: number): void;
  atMeta(phone: string): Promise<AtMeta[]>;
  fault(fault: object): Promise<void>;
  noFaults(): Promise<void>;
  close(): Promise<void>;
}

/** Ends the simulator with the rest. */
export async function startSending(
  simulator: { readonly url: string; close(): Promise<void> },
  options: Parameters<typeof startDispatch>[0] = {},
): Promise<Sending> {
  const started = await startDispatch({
    graphUrl: simulator.url,
    clock: movingClock(),
    ...options,
    env: { POSTRIDER_SEND_TIMEOUT_MS: '8000', ...options.env },
  });
  const order = (phone: string, changes: object = {}): object => ({
    channel: 'demo-transactional',
    to: { phone },
    template: { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1001'] },
    ...changes,
  });
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${simulator.url}/_sim${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator refuses ${method} ${path}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    ...started,
    url: simulator.url,
    order,
    async send(phone, changes) {
      const { status, body } = await started.service.ask('POST', '/v1/messages', order(phone, changes));
      if (status !== 202) throw new Error(`not taken on: ${JSON.stringify(body)}`);
      return (body as { id: string }).id;
    },
    becomes: (id, ...types) =>
      eventually(
        async () => {
          const events = await started.service.log.readStream(id);
          const now = events.map(({ type }) => type).join(' ');
          if (now !== types.join(' ')) throw new Error(`the message has ${now}`);
          return events;
        },
        { withinMs: 10_000 },
      ),
    later: (ms) => started.clock.set(new Date(started.clock.now().getTime() + ms)),
    async atMeta(phone) {
      return ((await control('GET', `/messages?to=${encodeURIComponent(phone)}`)) as { data: AtMeta[] }).data;
    },
    fault: async (fault) => void (await control('POST', '/faults', fault)),
    noFaults: async () => void (await control('DELETE', '/faults')),
    async close() {
      await started.service.close();
      await simulator.close();
    },
  };
}
