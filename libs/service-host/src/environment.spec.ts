import { z } from 'zod';
import { HostEnvironment, Port, readEnvironment } from './environment';

const Example = z.object({ PORT: Port.default(3000), NAME: z.string() });

it('takes an empty value for a missing one', () => {
  expect(() => readEnvironment(Example, { NAME: '' })).toThrow(/^NAME is missing$/);
  expect(readEnvironment(Example, { NAME: 'x', PORT: '' })).toEqual({ NAME: 'x', PORT: 3000 });
});

it.each(['http', '-1', '70000', '1.5'])('refuses %s as a port', (PORT) => {
  expect(() => readEnvironment(Example, { NAME: 'x', PORT })).toThrow(/^PORT is wrong: /);
});

it('says nothing of a secret that is wrong', () => {
  const POSTRIDER_MASTER_KEY = Buffer.from('a secret').toString('base64');
  expect(() => readEnvironment(HostEnvironment, { POSTRIDER_MASTER_KEY })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(POSTRIDER_MASTER_KEY) }),
  );
});

it('takes further master keys, and names the variable where one is none', () => {
  const [POSTRIDER_MASTER_KEY, another] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
  const read = (POSTRIDER_MASTER_KEY_PREVIOUS?: string) =>
    readEnvironment(HostEnvironment, { POSTRIDER_MASTER_KEY, POSTRIDER_MASTER_KEY_PREVIOUS })
      .POSTRIDER_MASTER_KEY_PREVIOUS;
  expect(read()).toEqual([]);
  expect(read(`${another},${POSTRIDER_MASTER_KEY}`)).toHaveLength(2);
  expect(() => read(`${another},short`)).toThrow(/^POSTRIDER_MASTER_KEY_PREVIOUS is wrong: 32 bytes/);
});

it('leaves variables of others alone', () => {
  expect(readEnvironment(Example, { NAME: 'x', HOME: '/root' })).toEqual({ NAME: 'x', PORT: 3000 });
});
