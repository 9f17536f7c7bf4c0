import { startSimulator } from '@postrider/cloud-api-simulator';
import { defaultPolicies, policySchemas, type PolicyName } from '@postrider/compliance';
import { MessagingLimitChanged, PolicyChanged } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { portfolioId, said, sayChannel, senderId, workspaceId } from '../testing/set-up';
import { startSending, type Sending } from '../testing/sending';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
});
afterAll(() => sending.close());

let version = 0;
async function put(name: PolicyName, policy: object): Promise<void> {
  const streamId = derivedId.policy(workspaceId, name);
  const parsed = policySchemas[name].parse(policy) as Record<string, unknown>;
  await sending.others.say(
    'configuration',
    streamId,
    said(PolicyChanged, { name, policyVersion: ++version, policy: parsed }),
  );
  await known(async () => {
    const { rows } = await sending.service.host.pool.query('select version from known_policy where name = $1', [name]);
    expect(rows).toEqual([{ version }]);
  });
}
const known = (check: () => Promise<void>) => eventually(check, { withinMs: 10_000 });
const ask = async (to: object, changes: object = {}) => {
  const { status, body } = await sending.service.ask('POST', '/v1/messages', { ...sending.order(''), to, ...changes });
  return {
    status,
    body: body as { id: string; code?: string; decision: { outcome: string; code?: string; until?: string } },
  };
};
const toPhone = (phone: string, changes?: object) => ask({ phone }, changes);
const marketing = {
  channel: 'demo-marketing',
  template: { name: 'welcome', language: 'en_US', variables: ['Ada'] },
};
const consented = (phone: string) =>
  sending.service.ask('POST', '/v1/consents', {
    contact: { phone },
    purpose: 'marketing',
    state: 'granted',
    source: 'form',
  });

describe('countries', () => {
  it.each([
    ['the United States', '+12125550100', 'marketing-paused-in-country'],
    ['Puerto Rico', '+17875550100', 'marketing-paused-in-country'],
    ['a toll-free number', '+18882345600', 'marketing-paused-in-country'],
    ['Canada', '+14165550100', 'send'],
    ['Jamaica', '+18765550100', 'send'],
    ['Cuba', '+5351234500', 'country-not-served'],
  ])('marketing to %s', async (_, phone, says) => {
    await consented(phone);
    const { body } = await toPhone(phone, marketing);
    expect(body.decision.code ?? body.decision.outcome).toBe(says);
  });

  it('lets order updates through to the United States', async () => {
    expect((await toPhone('+12125550101')).status).toBe(202);
  });

  it('obeys a changed policy with the next message', async () => {
    await put('countries', { marketingPaused: [] });
    expect((await toPhone('+12125550100', marketing)).body.decision.outcome).toBe('send');
    await put('countries', defaultPolicies.countries);
  });
});

describe('quiet hours', () => {
  it('hold until the morning where the person is known to be, and the message goes then', async () => {
    const night = { from: '00:00', to: '23:59' };
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const quietHours = { ...policySchemas['quiet-hours'].parse({ weekly: [{ days, ...night }] }) };
    await sayChannel(sending.others, { name: 'quiet', senderId, purpose: 'transactional', quietHours });
    await known(async () => expect((await toPhone('+4930555010', { channel: 'quiet' })).status).toBe(202));
    const { body } = await toPhone('+493055501020', { channel: 'quiet' });
    expect(body.decision).toMatchObject({ outcome: 'hold', code: 'quiet-hours' });
    expect(body.decision.until).toMatch(/T2[12]:59:00.000Z$/);
  });
});

describe('caps', () => {
  it('hold what is over them, across channels and at the moment of sending, and count what was sent before', async () => {
    const phone = '+493055502030';
    const first = await sending.send(phone);
    await sending.becomes(first, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
    await put('caps', { caps: [{ messages: 2, unit: 'day' }] });
    await sending.send(phone);
    await known(async () => {
      expect((await toPhone(phone)).body.decision).toMatchObject({ outcome: 'hold', code: 'frequency-cap' });
    });
    await put('caps', { caps: [] });
  });

  it('are never exceeded by many at once', async () => {
    const phone = '+493055502040';
    await put('caps', { caps: [{ messages: 3, unit: 'day' }] });
    await Promise.all(
      ['demo-transactional', 'slow-transactional'].flatMap((channel) =>
        Array.from({ length: 10 }, () => toPhone(phone, { channel })),
      ),
    );
    await known(async () => {
      const { rows } = await sending.service.host.pool.query(
        "select count(*)::int as count from due where kind = 'send' and held_by = 'frequency-cap'",
      );
      expect(rows[0].count).toBeGreaterThanOrEqual(17);
      // Those that are over it may be held as they are taken on, before the others have left.
      expect(await sending.atMeta(phone)).toHaveLength(3);
    });
    await put('caps', { caps: [] });
  });
});

describe("the portfolio's limit", () => {
  it('holds what would open one conversation too many, and lets those go on that are open', async () => {
    const limit = async (said_: number | null) => {
      const data = { portfolioId, limit: said_, tier: 'TIER' };
      await sending.others.say(
        'configuration',
        derivedId.portfolio(workspaceId, portfolioId),
        said(MessagingLimitChanged, data),
      );
      await known(async () => {
        const { rows } = await sending.service.host.pool.query('select messaging_limit from known_portfolio');
        expect(rows).toEqual([{ messaging_limit: said_ }]);
      });
    };
    const id = await sending.send('+493055503050');
    await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
    await limit(1);
    await known(async () =>
      expect((await toPhone('+493055503051')).body.decision).toMatchObject({
        outcome: 'hold',
        code: 'portfolio-limit',
      }),
    );
    await known(async () => expect((await toPhone('+493055503050')).body.decision.outcome).toBe('send'));
    await limit(null);
  });
});

describe('spend', () => {
  it('holds what would cost more than the day has left', async () => {
    // Priced for France alone: what earlier tests left held may leave meanwhile, and costs nothing here.
    const rates = [{ country: 'FR', category: 'utility', price: 0.1 }];
    await put('spend', { currency: 'EUR', perDay: 0.25, rates });
    for (const phone of ['+33612345060', '+33612345061']) {
      await sending.becomes(await sending.send(phone), 'MessageRequested', 'SendAttempted', 'MessageAccepted');
    }
    expect((await toPhone('+33612345062')).body.decision).toMatchObject({ outcome: 'hold', code: 'spend-limit' });
    await put('spend', { currency: 'EUR' });
  });
});

describe('what a message says', () => {
  it('is refused with a full card number in it', async () => {
    const template = { name: 'order_update', language: 'en_US', variables: ['Ada', '4111 1111 1111 1111'] };
    const { body } = await toPhone('+493055505070', { template });
    expect(body.code).toBe('content-not-permitted');
    expect(JSON.stringify(body)).not.toContain('4111');
  });

  it('is a marked template in a regulated workspace', async () => {
    await put('health', { regulated: true, freeOfHealthContent: [{ name: 'order_update' }] });
    expect((await toPhone('+493055505071')).status).toBe(202);
    await consented('+493055505072');
    expect((await toPhone('+493055505072', marketing)).body.code).toBe('health-content');
    await put('health', {});
  });
});
