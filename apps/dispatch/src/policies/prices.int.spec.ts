import { startSimulator } from '@postrider/cloud-api-simulator';
import { policySchemas } from '@postrider/compliance';
import { PolicyChanged, StatusReported } from '@postrider/event-contracts';
import { aliasKey, derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { accountId, phoneNumberId, said, senderId, wabaId, workspaceId } from '../testing/set-up';
import { forgetSent } from './forget-sent';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
  const rates = [
    { category: 'utility', price: 0.1 },
    { category: 'marketing', price: 0.2, country: 'FR' },
  ];
  const policy = policySchemas.spend.parse({ currency: 'EUR', perDay: 0.25, rates }) as Record<string, unknown>;
  const changed = said(PolicyChanged, { name: 'spend', policyVersion: 1, policy });
  await sending.others.say('configuration', derivedId.policy(workspaceId, 'spend'), changed);
  await eventually(async () => {
    const { rowCount } = await sending.service.host.pool.query("select from known_policy where name = 'spend'");
    expect(rowCount).toBe(1);
  });
});
afterAll(() => sending.close());

async function told(messageId: string, phone: string, pricing: object, status = 'delivered'): Promise<void> {
  const key = aliasKey(sending.others.identitySecret, { phone });
  const conversationId = derivedId.conversation(senderId, key);
  const where = { conversationId, accountId, senderId, wabaId, phoneNumberId };
  const happenedAt = sending.clock.now().toISOString();
  const reported = { ...where, happenedAt, wamid: `wamid.${messageId}`, status, messageId, attempt: 1, pricing };
  await sending.others.say('webhooks', conversationId, said(StatusReported, reported), [key]);
}
async function sent(phone: string): Promise<string> {
  const id = await sending.send(phone);
  await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'MessageAccepted');
  return id;
}
const priceOf = async (id: string) => {
  const { rows } = await sending.service.host.pool.query<{ price_micros: string }>(
    'select price_micros from sent where message_id = $1',
    [id],
  );
  return Number(rows[0]?.price_micros);
};
const becomes = (id: string, micros: number) => eventually(async () => expect(await priceOf(id)).toBe(micros));

describe('what a message cost', () => {
  it('is its forecast until Meta says otherwise, and makes room where it was free', async () => {
    const [first, second] = [await sent('+33612345010'), await sent('+33612345011')];
    expect([await priceOf(first), await priceOf(second)]).toEqual([100_000, 100_000]);
    const third = (await sending.service.ask('POST', '/v1/decisions', sending.order('+33612345012'))).body;
    expect(third.code).toBe('spend-limit');
    await told(first, '+33612345010', { type: 'free_entry_point', category: 'service' }, 'sent');
    await becomes(first, 0);
    expect((await sending.service.ask('POST', '/v1/decisions', sending.order('+33612345012'))).body.outcome).toBe(
      'send',
    );
    await told(first, '+33612345010', { billable: true, type: 'regular', category: 'marketing' });
    await becomes(first, 200_000);
  });

  it('stays the forecast where Meta bills what the rate card does not have', async () => {
    const { pool } = sending.service.host;
    const [{ message_id: id }] = (await pool.query('select message_id from sent where price_micros = 100000')).rows;
    await told(id, '+33612345011', { type: 'regular', category: 'group_marketing' });
    const { rows } = await pool.query('select message_id from sent where price_micros = 200000');
    await told(rows[0].message_id, '+33612345010', { type: 'free_customer_service' });
    await becomes(rows[0].message_id, 0);
    expect(await priceOf(id)).toBe(100_000);
  });
});

it('forgets what was sent once no cap, limit or month looks back so far, and keeps what still waits', async () => {
  const { pool, clock } = sending.service.host;
  const { rows } = await pool.query<{ message_id: string }>('select message_id from sent order by message_id');
  const [old, waiting] = rows.map((row) => row.message_id);
  const longAgo = new Date(clock.now().getTime() - 93 * 86_400_000);
  await pool.query('update sent set at = $2 where message_id = $1', [old, longAgo]);
  await pool.query(`update sent set at = $2, state = 'waiting' where message_id = $1`, [waiting, longAgo]);
  await forgetSent({ pool, clock });
  const { rows: left } = await pool.query<{ message_id: string }>('select message_id from sent order by message_id');
  expect(left).toEqual(rows.slice(1));
});
