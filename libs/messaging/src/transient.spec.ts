import { Fault } from '@postrider/decider';
import { Transient } from './reader';
import { isTransient } from './transient';

const coded = (code: string): Error => Object.assign(new Error(code), { code });
const fault = (retryable: boolean): Fault =>
  new Fault({ code: 'unavailable', message: 'away', publicText: 'away', retryable });

describe('a failure that passes by itself', () => {
  it.each([
    ['what a reader says passes', new Transient('away')],
    ['a fault that may be tried again', fault(true)],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a database that shuts down', coded('57P01')],
    ['a deadlock', coded('40P01')],
    ['a connection that pg lost', new Error('Connection terminated unexpectedly')],
    ['one with such a cause', new Error('wrapped', { cause: coded('ECONNRESET') })],
    ['several of them at once', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
  ])('%s is waited for', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a fault that stays', fault(false)],
    ['a bug', new TypeError('x is not a function')],
    ['a violated constraint', coded('23505')],
    ['what is no error', 'text'],
  ])('%s is not', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});
