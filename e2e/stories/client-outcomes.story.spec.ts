import {
  cloudApi,
  connectionPools,
  retryDelayMs,
  type CloudApi,
  type Pools,
  type SendOptions,
  type SendOutcome,
  type Usage,
} from '@postrider/cloud-api-client';
import { startSimulator, type RunningSimulator } from '@postrider/cloud-api-simulator';
import { eventually as within } from '@postrider/test-backends';
import { caller, type Call } from '../platform/http';

/** Long enough for a slow machine: what comes in time is not waited for. */
const eventually = <T>(check: () => T | false | Promise<T | false>) => within(check, { withinMs: 30_000 });
const waba = '2000000000000001';
const phone = '3000000000000001';
const message = (to: string) =>
  ({
    messaging_product: 'whatsapp',
    to,
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: ['Ann', 'A-1'].map((text) => ({ type: 'text' as const, text })) }],
    },
  }) as const;

describe('an engineer who rehearses what can go wrong, with the client and the simulator alone', () => {
  let simulator: RunningSimulator;
  let control: Call;
  let pools: Pools;
  let api: CloudApi;
  let people = 0;
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0 });
    control = caller(`${simulator.url}/_sim`);
    pools = connectionPools();
    api = client();
  });
  beforeEach(() => control('POST', '/reset', {}));
  afterAll(async () => {
    await pools?.close();
    await simulator?.close();
  });

  const client = (accessToken = 'simulator-token', onUsage?: (usage: Usage) => void): CloudApi =>
    cloudApi({ graphUrl: simulator.url, accessToken, pools, ...(onUsage && { onUsage }) });
  const fault = async (given: object): Promise<void> => {
    expect((await control('POST', '/faults', given)).status).toBe(200);
  };
  const struck = () =>
    eventually(async () => expect((await control('GET', '/faults')).body.data).toMatchObject([{ hits: 1 }]));
  const somebody = (): string => `+49151${10_000_000 + people++}01`;
  const taken = async (to: string): Promise<number> =>
    (await control('GET', `/messages?to=${to.slice(1)}`)).body.data.length;
  const send = (to = somebody(), options?: SendOptions): Promise<SendOutcome> =>
    api.messages.send(phone, message(to), options);

  describe('knows of each refusal that nothing was sent, and what to do', () => {
    it.each<[string, () => Promise<unknown>, object]>([
      [
        'a template that is paused',
        () => control('POST', '/templates/order_update', { event: 'PAUSED' }),
        { metaCode: 132015, action: { do: 'pause-template' } },
      ],
      [
        'a number that is not registered',
        () => api.phoneNumbers.deregister(phone),
        { metaCode: 133010, action: { do: 'pause-sender' } },
      ],
      [
        'an account that is restricted',
        () => control('POST', `/accounts/${waba}`, { status: 'RESTRICTED' }),
        { metaCode: 368, action: { do: 'pause-account' } },
      ],
      [
        'a throughput that is used up',
        () => control('POST', `/numbers/${phone}`, { throughputPerSecond: 0.001 }),
        { metaCode: 130429, action: { do: 'wait', scope: 'sender' }, retryable: true },
      ],
      [
        'a token that has ended',
        () => control('POST', '/tokens/simulator-token', { expiresInSeconds: -1 }),
        { metaCode: 190, metaSubcode: 463, action: { do: 'pause-account' } },
      ],
    ])('%s', async (_, happen, error) => {
      await happen();
      const to = somebody();
      expect(await send(to)).toMatchObject({ kind: 'rejected', error: { surelyRejected: true, ...error } });
      expect(await taken(to)).toBe(0);
    });

    it('a person to whom too many go: the pair alone waits, ever longer', async () => {
      const to = somebody();
      let outcome = await send(to);
      for (let nth = 0; outcome.kind === 'accepted' && nth < 200; nth += 1) outcome = await send(to);
      expect(outcome).toMatchObject({
        kind: 'rejected',
        error: { metaCode: 131056, action: { do: 'wait', scope: 'pair' } },
      });
      const { action } = (outcome as Extract<SendOutcome, { kind: 'rejected' }>).error;
      expect([1, 2, 3].map((tries) => retryDelayMs(action, tries))).toEqual([4_000, 16_000, 64_000]);
      expect(await send()).toMatchObject({ kind: 'accepted' });
    });

    it('a parameter too few, which the client cannot know', async () => {
      const given = message(somebody());
      const template = { ...given.template, components: [] };
      expect(await api.messages.send(phone, { ...given, template })).toMatchObject({
        kind: 'rejected',
        error: { metaCode: 132000, retryable: false, action: { do: 'fix' } },
      });
    });

    it('a payload that breaks a limit never leaves, and Meta would have refused it too', async () => {
      const to = somebody();
      const long = { messaging_product: 'whatsapp', to, type: 'text', text: { body: 'x'.repeat(4_097) } } as const;
      expect(await api.messages.send(phone, long)).toMatchObject({
        kind: 'rejected',
        error: { code: 'malformed-payload', details: 'text.body: must be at most 4096 characters' },
      });
      expect(await api.messages.send(phone, long, { check: false })).toMatchObject({
        kind: 'rejected',
        error: { metaCode: 100 },
      });
      expect(await taken(to)).toBe(0);
    });
  });

  describe('does not guess where Meta may have taken a message', () => {
    it.each<[number, number, SendOutcome['kind'], boolean]>([
      [131000, 500, 'unknown', true],
      [131016, 500, 'unknown', true],
      [2, 503, 'unknown', true],
      [131057, 500, 'rejected', true],
      [133004, 503, 'rejected', true],
      [80007, 400, 'rejected', true],
      [131031, 403, 'rejected', false],
    ])('code %i with HTTP %i is %s; worth another try: %s', async (code, httpStatus, kind, retryable) => {
      await fault({ on: 'send', kind: 'error', code });
      expect(await send()).toMatchObject({ kind, error: { metaCode: code, httpStatus, retryable } });
    });

    it.each([
      ['timeout', 0],
      ['timeout-after-accept', 1],
    ])('a deadline that passes: %s, where the simulator took %i', async (kind, count) => {
      await fault({ on: 'send', kind });
      const to = somebody();
      const gaveUp = new AbortController();
      const sending = send(to, { signal: gaveUp.signal });
      await struck();
      gaveUp.abort();
      expect(await sending).toMatchObject({ kind: 'unknown', error: { code: 'cancelled' } });
      expect(await taken(to)).toBe(count);
    });

    it('a deadline of its own', async () => {
      await fault({ on: 'send', kind: 'timeout' });
      let outcome = await send(somebody(), { timeoutMs: 300 });
      // On a slow machine it may pass before there is a connection: then nothing was sent, and a longer one is set.
      for (let timeoutMs = 3_000; outcome.kind === 'not-sent' && timeoutMs < 100_000; timeoutMs *= 5)
        outcome = await send(somebody(), { timeoutMs });
      expect(outcome).toMatchObject({
        kind: 'unknown',
        error: { code: 'timeout', retryable: true, surelyRejected: false },
      });
    });

    it('a connection that breaks', async () => {
      await fault({ on: 'send', kind: 'reset' });
      const to = somebody();
      expect(await send(to)).toMatchObject({ kind: 'unknown', error: { code: 'connection-reset' } });
      expect(await taken(to)).toBe(0);
    });

    it('a caller that had given up before', async () => {
      const to = somebody();
      expect(await send(to, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'not-sent' });
      expect(await taken(to)).toBe(0);
    });

    it('a simulator that is not there', async () => {
      const gone = await startSimulator({ port: 0 });
      await gone.close();
      const lost = cloudApi({ graphUrl: gone.url, accessToken: 'simulator-token', pools });
      expect(await lost.messages.send(phone, message(somebody()))).toMatchObject({
        kind: 'not-sent',
        error: { code: 'connection-refused', retryable: true, surelyRejected: true },
      });
    });
  });

  describe('has the same of every other call, as one error', () => {
    it('that is refused', async () => {
      await fault({ on: 'message_templates', kind: 'error', code: 80007 });
      await expect(api.templates.list(waba).next()).rejects.toMatchObject({
        metaCode: 80007,
        outcome: 'rejected',
        retryable: true,
      });
      await expect(client('nonsense').debugToken()).rejects.toMatchObject({ metaCode: 190, outcome: 'rejected' });
      await expect(api.phoneNumbers.get('999')).rejects.toMatchObject({ metaCode: 100, retryable: false });
    });

    it('whose outcome nobody knows', async () => {
      await fault({ on: 'registration', kind: 'error', code: 131000 });
      await expect(api.phoneNumbers.register(phone, { pin: '123456' })).rejects.toMatchObject({
        outcome: 'unknown',
        retryable: true,
      });
    });

    it('whose allowance is used up, with how much', async () => {
      const usages: Usage[] = [];
      const watched = client('simulator-token', (usage) => usages.push(usage));
      for (let nth = 0; nth < 3; nth += 1) await watched.businessAccounts.get(waba);
      expect(usages).toHaveLength(3);
      expect(usages[0]).toMatchObject({
        app: { callCount: 1 },
        business: { [waba]: [{ callCount: 1, type: 'whatsapp' }] },
      });
    });
  });
});
