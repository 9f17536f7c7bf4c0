import { isPassingFailure } from './passing-failure';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('a failure that passes by itself', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a database that shuts down', coded('57P01')],
    ['a deadlock', coded('40P01')],
    ['a transaction cut off because its process stood still', coded('25P03')],
    ['a connection that pg lost', new Error('Connection terminated unexpectedly')],
    ['one with such a cause', new Error('wrapped', { cause: coded('ECONNRESET') })],
    ['an error of another realm', { message: 'wrapped', cause: { code: 'EPIPE' } }],
    ['every address of a host refused', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
  ])('%s', (_, error) => {
    expect(isPassingFailure(error)).toBe(true);
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a violated constraint', coded('23505')],
    ['a statement after one that failed', coded('25P02')],
    ['a bug among refused connections', new AggregateError([coded('ECONNREFUSED'), new TypeError('x')])],
    ['what is no error', 'text'],
  ])('not %s', (_, error) => {
    expect(isPassingFailure(error)).toBe(false);
  });
});
