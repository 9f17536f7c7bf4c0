import { v7 } from 'uuid';
import { leastIdAt } from './least-id-at';

const moment = new Date('2026-11-28T12:00:00.123Z');

it('stands between what was made before a moment and what is made at it', () => {
  expect(leastIdAt(moment) <= v7({ msecs: moment.getTime(), seq: 0 })).toBe(true);
  expect(leastIdAt(moment) > v7({ msecs: moment.getTime() - 1, seq: 0xffffffff })).toBe(true);
  expect(leastIdAt(new Date(-1))).toBe('00000000-0000-0000-0000-000000000000');
});
