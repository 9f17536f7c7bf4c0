import { Fault } from '@postrider/decider';
import { sourceHead } from './source-head';

const own = { service: 'webhooks', heads: () => Promise.resolve([3, 1]) };

describe('how far a log is', () => {
  it('is asked of the service that owns it', async () => {
    const internal = { head: (service: string) => Promise.resolve(service === 'dispatch' ? [7] : []) };
    expect(await sourceHead(internal, own)('dispatch')).toEqual([7]);
  });

  it('is known at first hand where it is our own, so that it is told while we start', async () => {
    const internal = { head: () => Promise.reject(new Error('webhooks has not started')) };
    expect(await sourceHead(internal, own)('webhooks')).toEqual([3, 1]);
  });

  it('is a retryable fault where the owner cannot be asked', async () => {
    const internal = { head: () => Promise.reject(new Error('refused')) };
    const asked = sourceHead(internal, own)('dispatch');
    await expect(asked).rejects.toBeInstanceOf(Fault);
    await expect(asked).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
