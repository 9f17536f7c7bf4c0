import { ContactErased } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { sayInbound, startDispatch, type Started } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const phone = '+16505550471';
const put = async (person: object) => (await started.service.ask('PUT', '/v1/contacts', person)).body;
const erase = (id: string) => started.service.ask('POST', `/v1/contacts/${id}/erase`);
const grant = (contact: object) =>
  started.service.ask('POST', '/v1/consents', { contact, purpose: 'marketing', state: 'granted', source: 'form' });

describe('POST /v1/contacts/{id}/erase', () => {
  it('leaves nothing of the person but that they must not be written to', async () => {
    const { id } = await put({ phone, name: 'Ada Lovelace', attributes: { tier: 'gold' } });
    await grant({ phone });
    const { status, body } = await erase(id);
    expect([status, body.id]).toEqual([200, id]);
    await eventually(async () => {
      const { body: shown } = await started.service.ask('GET', `/v1/contacts/${id}`);
      expect(shown).toMatchObject({ id, aliases: [], attributes: {} });
      expect(shown).not.toHaveProperty('name');
    });
    const events = await started.service.log.readStream(id);
    expect(events.filter(({ personal }) => personal !== undefined)).toEqual([]);
    const erased = events.find(({ type }) => type === ContactErased.type);
    expect(erased?.aliasKeys).toEqual((erased?.data as { suppressionHashes: string[] }).suppressionHashes);

    const sent = await started.service.ask('POST', '/v1/messages', {
      ...{ channel: 'demo-transactional', to: { phone } },
      template: { name: 'order_update', language: 'en_US', variables: ['7', 'noon'] },
    });
    expect([sent.status, sent.body.code]).toEqual([422, 'stopped']);
    expect(JSON.stringify(sent.body.decision.trail)).toContain('erasure');
  });

  it("takes no caller's word for the person, and the person's own", async () => {
    const { id } = await put({ phone: '+16505550472' });
    await erase(id);
    const { body } = await grant({ phone: '+16505550472' });
    expect(body).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: 'stopped' }] });
    expect(body.rejected[0].detail).toContain('erased');
    const later = new Date(started.service.clock.now().getTime() + 1_000);
    await sayInbound(started.others, { phone: '+16505550472' }, later, 'Start');
    await eventually(async () => {
      const { body: shown } = await started.service.ask('GET', `/v1/contacts/${id}`);
      expect(shown.consents).toContainEqual(expect.objectContaining({ state: 'granted', source: 'keyword' }));
    });
  });

  it('erases every contact that is the same person, and again what came since', async () => {
    const byPhone = await put({ phone: '+16505550473', name: 'Ada' });
    const byId = await put({ userId: 'US.473', name: 'Ada L.' });
    await put({ phone: '+16505550473', userId: 'US.473' });
    await erase(byPhone.id);
    // Their keys are destroyed by the time of the answer: what is said from now on is not lost with them.
    const erased = 'select from erasure where contact_id = any($1)';
    expect((await started.service.host.pool.query(erased, [[byPhone.id, byId.id]])).rowCount).toBe(2);
    for (const { id } of [byPhone, byId])
      expect((await started.service.log.readStream(id)).some(({ type }) => type === ContactErased.type)).toBe(true);

    const again = await put({ phone: '+16505550473', name: 'Ada again' });
    expect(again).toMatchObject({ name: 'Ada again', aliases: [{ kind: 'phone', value: '+16505550473' }] });
    await eventually(async () => {
      await erase(again.id);
      expect((await started.service.ask('GET', `/v1/contacts/${again.id}`)).body).not.toHaveProperty('name');
    });
  });

  it('refuses what waits for the person, though what it says can no longer be read', async () => {
    const to = '+16505550474';
    const { id } = await put({ phone: to });
    const scheduledAt = new Date(started.service.clock.now().getTime() + 3_600_000).toISOString();
    const { body } = await started.service.ask('POST', '/v1/messages', {
      ...{ channel: 'demo-transactional', to: { phone: to }, scheduledAt },
      template: { name: 'order_update', language: 'en_US', variables: ['7', 'noon'] },
    });
    expect(body.state).toBe('requested');
    await erase(id);
    await eventually(async () => {
      const last = (await started.service.log.readStream(body.id)).at(-1);
      expect(last).toMatchObject({ type: 'MessageRefused', data: { code: 'stopped' } });
    });
  });

  it('says that there is nobody of this id', async () => {
    for (const id of [v7(), 'nobody']) expect((await erase(id)).status).toBe(404);
  });
});
