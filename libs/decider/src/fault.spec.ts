import { Fault } from './fault';

it('keeps what the log may know apart from what a caller may know', () => {
  const cause = new Error('ECONNREFUSED 10.0.0.7');
  const publicText = 'Try again.';
  const fault = new Fault({ code: 'unavailable', message: 'the log is down', publicText, retryable: true, cause });
  expect(fault).toBeInstanceOf(Error);
  expect(fault).toMatchObject({
    name: 'Fault',
    code: 'unavailable',
    message: 'the log is down',
    retryable: true,
    cause,
  });
  expect(fault.publicText).toBe('Try again.');
});
