import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import { ownPostgres, type OwnPostgres } from '@postrider/test-backends';
import { startMeasured, type MeasuredProcess } from './measured-process';

/** A platform on a durable Postgres, with Meta in a process of its own. It has one channel, `shop`, on one number of 1,000 a second. */
export interface Shop {
  readonly meta: MeasuredProcess;
  readonly call: Call;
  /** Streams a CSV. */
  upload(path: string, csv: Readable): Promise<void>;
  close(): Promise<void>;
}

/** Everything in one process: what `npm start` is, measured. */
export interface SmallShop extends Shop {
  readonly postrider: MeasuredProcess;
  readonly database: OwnPostgres;
}

export type Call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<Answer>;

/** What the benches read out of answers. */
export interface Answer {
  readonly id: string;
  readonly state: string;
  readonly senders: readonly { readonly id: string; readonly phoneNumberId: string }[];
  readonly data: readonly Answer[];
  /** What the next page begins after; null where there is none. */
  readonly next: number | null;
  readonly total: number;
  readonly to: string;
  readonly acceptedAt: string;
  readonly read: number;
  /** Of an account's readiness. */
  readonly missing: readonly string[];
  /** Of a campaign. */
  readonly progress: { readonly sent: number };
}

export function caller(url: string, key?: string, dispatcher?: Dispatcher): Call {
  return async (method, path, body) => {
    const { statusCode, body: answer } = await request(`${url}${path}`, {
      method,
      ...(dispatcher && { dispatcher }),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${method} ${path} answered ${statusCode}: ${text}`);
    return JSON.parse(text) as Answer;
  };
}

export const firstNumber = '3000000000000001';

export const startMeta = (): Promise<MeasuredProcess> =>
  startMeasured('apps/cloud-api-simulator/src/main.ts', {
    args: ['--load'],
    env: { SIMULATOR_PORT: '0' },
    ready: /simulator\s+(http:\S+)/,
  });

export async function openSmallShop(): Promise<SmallShop> {
  const [database, meta] = await Promise.all([ownPostgres({ durable: true }), startMeta()]);
  const key = newApiKey();
  const postrider = await startMeasured('apps/standalone/src/main.ts', {
    env: {
      PORT: '0',
      POSTRIDER_SIMULATOR: '0',
      DATABASE_URL: database.url,
      POSTRIDER_API_KEY: key,
      POSTRIDER_MASTER_KEY: newMasterKey(),
      POSTRIDER_DATA: '.postrider/bench',
    },
    ready: /API\s+(http:\S+)/,
  });
  const ways = waysTo(postrider.url, key);
  await furnish(ways.call, meta);
  return {
    ...{ postrider, meta, database, ...ways },
    async close() {
      await postrider.stop();
      await meta.stop();
      await database.stop();
    },
  };
}

export const newApiKey = (): string => randomBytes(24).toString('hex');
export const newMasterKey = (): string => randomBytes(32).toString('base64');

/** Connects the account, and waits until there is something to send. */
export async function furnish(call: Call, meta: MeasuredProcess): Promise<void> {
  // Everybody reads what they get, whatever the number ends with.
  await caller(meta.url)('POST', '/_sim/settings', { enforcePersonas: false });
  const account = await call('POST', '/v1/business-accounts', {
    name: 'bench',
    wabaId: '2000000000000001',
    accessToken: 'simulator-token',
    appId: '1000000000000001',
    appSecret: 'simulator-app-secret',
    graphUrl: meta.url,
    policyAcknowledged: true,
  });
  const senderId = account.senders.find(({ phoneNumberId }) => phoneNumberId === firstNumber)?.id;
  const { id } = await call('POST', '/v1/channels', { name: 'shop', senderId, purpose: 'transactional' });
  await call('POST', `/v1/channels/${id}/activate`);
  while ((await call('GET', '/v1/templates?name=order_update&state=approved')).data.length === 0) await pause(50);
}

export const waysTo = (url: string, key: string): Pick<Shop, 'call' | 'upload'> => ({
  call: caller(url, key),
  async upload(path, csv) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' };
    const { statusCode, body } = await request(`${url}${path}`, { method: 'POST', headers, body: csv });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`POST ${path} answered ${statusCode}: ${text}`);
  },
});

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const phoneOf = (place: number): string => `+346${String(place).padStart(8, '0')}`;

export const orderUpdate = (place: number) => ({
  channel: 'shop',
  to: { phone: phoneOf(place) },
  template: { name: 'order_update', language: 'en_US', variables: ['Ana', `A-${place}`] },
});

/** From asking until Meta's taking it, of each message to these numbers; by pages, as Meta's stand-in gives no more at once. */
export async function waitsOf(
  { meta }: Pick<Shop, 'meta'>,
  askedAt: ReadonlyMap<string, number>,
  after = 0,
): Promise<number[]> {
  const waits: number[] = [];
  for (let from: number | null = after; from !== null;) {
    const page: Answer = await caller(meta.url)('GET', `/_sim/messages?limit=10000&after=${from}`);
    for (const { to, acceptedAt } of page.data) {
      const asked = askedAt.get(to.replace(/\D/g, ''));
      if (asked !== undefined) waits.push(Date.parse(acceptedAt) - asked);
    }
    from = page.next;
  }
  return waits;
}
