import { startSimulator } from '@postrider/cloud-api-simulator';
import { derivedId } from '@postrider/keys';
import { defaultWorkspaceId } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { setUp, type SetUp } from '../testing/set-up';

describe('the alarms of templates', () => {
  let made: SetUp;
  let id: string;
  let metaTemplateId: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    await made.connect();
    await eventually(async () => expect((await made.service.ask('GET', '/v1/templates')).body.data).toHaveLength(3));
    [{ id, metaTemplateId }] = (await made.service.ask('GET', '/v1/templates?name=order_update')).body.data;
  });
  afterAll(() => made.close());

  const alarmIs = (kind: string, ...types: string[]): Promise<void> =>
    eventually(async () => {
      const stream = derivedId.alarm(defaultWorkspaceId, 'templates', `${kind}:${id}`);
      const story = await made.service.log.readStream(stream);
      expect(story.map(({ type }) => type)).toEqual(types);
    });
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const report = (field: string, change: Record<string, unknown>) =>
    made.report({ id: metaTemplateId, name: 'order_update' }, field, change);

  it('are raised for a pause, and cleared when Meta reinstates it', async () => {
    await report('message_template_status_update', { event: 'PAUSED', other_info: { title: 'FIRST_PAUSE' } });
    await alarmIs('template-paused', 'AlarmRaised');
    await report('message_template_status_update', { event: 'REINSTATED' });
    await alarmIs('template-paused', 'AlarmRaised', 'AlarmCleared');
  });

  it('are raised for a drop of its quality, and cleared when people like it again', async () => {
    await report('message_template_quality_update', { previous_quality_score: 'GREEN', new_quality_score: 'RED' });
    await alarmIs('template-quality', 'AlarmRaised');
    await report('message_template_quality_update', { previous_quality_score: 'RED', new_quality_score: 'GREEN' });
    await alarmIs('template-quality', 'AlarmRaised', 'AlarmCleared');
  });

  it('end with a pause that Meta lifts when it is asked to, as one by pacing does not end by itself', async () => {
    expect(await ask('POST', `/v1/templates/${id}/unpause`)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await made.sim(`/_sim/templates/${metaTemplateId}`, 'POST', { event: 'PAUSED' });
    await ask('POST', '/v1/templates/sync');
    await alarmIs('template-paused', 'AlarmRaised', 'AlarmCleared', 'AlarmRaised');
    await eventually(async () => expect((await ask('GET', `/v1/templates/${id}`)).body.state).toBe('paused'));
    const unpaused = await ask('POST', `/v1/templates/${id}/unpause`);
    expect(unpaused).toMatchObject({ status: 200, body: { state: 'approved' } });
    await alarmIs('template-paused', 'AlarmRaised', 'AlarmCleared', 'AlarmRaised', 'AlarmCleared');
  });

  it('are raised at once for one that Meta refused while sending, whose webhook has not come', async () => {
    await made.sim(`/_sim/templates/${metaTemplateId}`, 'POST', { event: 'DISABLED', reason: 'ABUSIVE_CONTENT' });
    await made.refuseSending(id);
    await alarmIs('template-disabled', 'AlarmRaised');
    await eventually(async () => expect((await ask('GET', `/v1/templates/${id}`)).body.state).toBe('disabled'));
  });
});
