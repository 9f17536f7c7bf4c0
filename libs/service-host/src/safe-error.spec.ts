import { safeError } from './safe-error';

it('keeps a database error without the rows and parameters it names', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (phone)=(+15550100001)' });
  const error = Object.assign(new Error('insert failed', { cause }), { parameters: ['+15550100001'], query: 'insert' });
  const logged = JSON.stringify(safeError(error));
  expect(logged).not.toContain('15550100001');
  expect(safeError(error)).toMatchObject({ type: 'Error', message: 'insert failed', cause: { code: '23505' } });
});

it.each([
  ['a text', 'oops', { type: 'string', message: 'oops' }],
  ['nothing', undefined, { type: 'undefined', message: 'undefined' }],
])('takes %s for an error', (_, thrown, logged) => {
  expect(safeError(thrown)).toEqual(logged);
});
