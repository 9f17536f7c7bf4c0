import { startSimulator, type SimulatorOptions } from '../start-simulator';
import type { Settings } from '../world/settings';
import { ids } from './rig-ids';
import { startReceiver, type Receiver } from './receiver';

export { ids };

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  error: {
    code: number;
    message: string;
    error_subcode?: number;
    error_data?: { details?: string } & Record<string, unknown>;
  };
}

export interface Rig {
  url: string;
  receiver: Receiver;
  graph(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sends with the envelope filled in. */
  send(message: Record<string, unknown>, phone?: string): Promise<Answer>;
  sendText(to: string, body?: string, phone?: string): Promise<Answer>;
  sendTemplate(to: string, name?: string, values?: string[], phone?: string): Promise<Answer>;
  inbound(from: string, message?: Record<string, unknown>, phone?: string): Promise<string>;
  subscribe(waba?: string): Promise<void>;
  /** Lets simulated time pass. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export function wamidOf({ body }: Answer): string {
  const [message] = (body.messages ?? []) as { id: string }[];
  if (!message) throw new Error(`Not accepted: ${JSON.stringify(body)}`);
  return message.id;
}

/** A simulator on a free port with a webhook receiver beside it. */
export async function startRig(settings: Partial<Settings> = {}, options: SimulatorOptions = {}): Promise<Rig> {
  const quick = {
    sentMs: 5,
    deliveredMs: 15,
    readMs: 30,
    answerMs: 50,
    reviewMs: 10,
    slowFactor: 4,
    webhookRetryMs: 20,
  };
  const simulator = await startSimulator({ port: 0, randomSeed: 1, settings: { ...quick, ...settings }, ...options });
  const receiver = await startReceiver();
  const call = async (method: string, path: string, body: unknown, token?: string): Promise<Answer> => {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as Answer['body'];
    return { status: response.status, body: json, error: (json.error ?? { code: 0, message: '' }) as Answer['error'] };
  };
  const rig: Rig = {
    url: simulator.url,
    receiver,
    graph: (method, path, body, token = 'simulator-token') => call(method, `/v24.0${path}`, body, token),
    control: (method, path, body) => call(method, `/_sim${path}`, body),
    send: (message, phone = ids.phone) =>
      rig.graph('POST', `/${phone}/messages`, {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        ...message,
      }),
    sendText: (to, body = 'Hello', phone) => rig.send({ to, type: 'text', text: { body } }, phone),
    sendTemplate: (to, name = 'order_update', values = ['Ada', 'A-1'], phone) =>
      rig.send({ to, type: 'template', template: templateOf(name, values) }, phone),
    async inbound(from, message = { type: 'text', text: { body: 'Hi' } }, phone = ids.phone) {
      const answer = await rig.control('POST', '/inbound', { phoneNumberId: phone, from, name: 'Ada', message });
      return String(answer.body.wamid);
    },
    async subscribe(waba = ids.waba) {
      const answer = await rig.graph('POST', `/${waba}/subscribed_apps`, {
        override_callback_uri: receiver.url,
        verify_token: 'correct',
      });
      if (answer.status !== 200) throw new Error(answer.error.message);
    },
    async pass(ms) {
      await rig.control('POST', '/clock', { advanceMs: ms });
    },
    async close() {
      await simulator.close();
      await receiver.close();
    },
  };
  return rig;
}

function templateOf(name: string, values: string[]): Record<string, unknown> {
  const components =
    values.length > 0 ? [{ type: 'body', parameters: values.map((text) => ({ type: 'text', text })) }] : [];
  return { name, language: { code: 'en_US' }, components };
}

/** Waits until the check passes; its last failure when it does not in time. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 60_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
