import { Fault } from '@postrider/decider';
import { Transient } from './reader';
import { isTransient } from './transient';

const fault = (retryable: boolean): Fault =>
  new Fault({ code: 'unavailable', message: 'away', publicText: 'away', retryable });
const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

describe('a failure that is waited for', () => {
  it.each([
    ['what a reader says passes', new Transient('away'), true],
    ['a fault that may be tried again', fault(true), true],
    ['one with such a cause', new Error('wrapped', { cause: fault(true) }), true],
    ['a database that refuses', refused, true],
    ['a fault that stays, whatever its cause', Object.assign(fault(false), { cause: refused }), false],
    ['a bug', new TypeError('x is not a function'), false],
    ['what is no error', 'text', false],
  ])('%s: %p', (_, error, waited) => {
    expect(isTransient(error)).toBe(waited);
  });
});
