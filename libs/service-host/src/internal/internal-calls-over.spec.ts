import { Fault } from '@postrider/decider';
import { internalCallsOver } from './internal-calls-over';
import { sealedCache } from './sealed-cache';

const answering = (answers: Record<string, unknown>) => {
  const asked: string[] = [];
  const calls = internalCallsOver((service, path) => {
    asked.push(`${service} ${path}`);
    const answer = answers[`${service} ${path}`];
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(
      answer === undefined ? { status: 404, body: '{}' } : { status: 200, body: JSON.stringify(answer) },
    );
  });
  return { calls, asked };
};

describe('calls between services', () => {
  it('give events back with their time as a time', async () => {
    const { calls } = answering({ 'dispatch /internal/streams/s': [{ id: 'e', at: '2026-01-15T12:00:00.000Z' }] });
    expect(await calls.stream('dispatch', 's')).toEqual([{ id: 'e', at: new Date('2026-01-15T12:00:00Z') }]);
  });

  it('know an account that is not there from a service that is not there', async () => {
    const { calls } = answering({ 'configuration /internal/credentials/down': new Error('ECONNREFUSED') });
    expect(await calls.credentials('none')).toBeUndefined();
    await expect(calls.credentials('down')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expect(calls.head('templates')).rejects.toBeInstanceOf(Fault);
  });

  it('ask for a secret once, however many want it at the same time', async () => {
    const { calls, asked } = answering({ 'configuration /internal/identity-secret/w': { secret: 'c2VjcmV0' } });
    const secrets = await Promise.all([calls.identitySecret('w'), calls.identitySecret('w')]);
    secrets.push(await calls.identitySecret('w'));
    expect(secrets.map(String)).toEqual(['secret', 'secret', 'secret']);
    expect(asked).toHaveLength(1);
  });

  it('ask anew whose accounts there are: one that was connected a moment ago is among them', async () => {
    const answers: Record<string, unknown> = { 'configuration /internal/credentials': [] };
    const { calls } = answering(answers);
    expect(await calls.allCredentials()).toEqual([]);
    answers['configuration /internal/credentials'] = [{ accountId: 'a' }];
    expect(await calls.allCredentials()).toEqual([{ accountId: 'a' }]);
  });
});

describe('remembered secrets', () => {
  it('are asked for again after their time, and after a failure', async () => {
    let now = 0;
    let asked = 0;
    const remembered = sealedCache(1_000, () => now);
    const ask = () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('down')) : Promise.resolve(Buffer.from(String(asked)));
    };
    await expect(remembered('a', ask)).rejects.toThrow('down');
    expect(String(await remembered('a', ask))).toBe('2');
    now = 999;
    expect(String(await remembered('a', ask))).toBe('2');
    now = 1_000;
    expect(String(await remembered('a', ask))).toBe('3');
  });
});
