import { Pool } from 'pg';
import { checkpoints } from '../src/index';
import { closing, emptyLogDatabase } from './both-logs';

describe('a checkpoint', () => {
  const later = closing();
  let pool: Pool;
  beforeAll(async () => {
    pool = new Pool({ connectionString: await emptyLogDatabase() });
    later(() => pool.end());
  });
  const mark = (position: number, reader = 'figures') => ({ reader, source: 'dispatch', shard: 1, position });

  it('starts at the beginning and moves from where it stands', async () => {
    expect(await checkpoints.read(pool, ['figures'])).toEqual([]);
    expect(await checkpoints.advance(pool, mark(10), 0)).toBe(true);
    expect(await checkpoints.advance(pool, mark(25), 10)).toBe(true);
    expect(await checkpoints.read(pool, ['figures'])).toEqual([mark(25)]);
  });

  it('fences a zombie: who thinks it stands elsewhere moves nothing', async () => {
    await checkpoints.advance(pool, mark(10, 'fenced'), 0);
    expect(await checkpoints.advance(pool, mark(12, 'fenced'), 0)).toBe(false);
    expect(await checkpoints.advance(pool, mark(12, 'fenced'), 9)).toBe(false);
    expect(await checkpoints.advance(pool, mark(12, 'unheard of'), 9)).toBe(false);
    expect(await checkpoints.read(pool, ['fenced', 'unheard of'])).toEqual([mark(10, 'fenced')]);
  });

  it('lets one of two that move it at once through, even when it is new', async () => {
    for (const from of [0, 5]) {
      const moved = await Promise.all(
        [5, 5, 5].map((step) => checkpoints.advance(pool, mark(from + step, 'raced'), from)),
      );
      expect(moved.filter(Boolean)).toHaveLength(1);
    }
  });

  it('moves with the transaction it is given, or not at all', async () => {
    const client = await pool.connect();
    await client.query('begin');
    expect(await checkpoints.advance(client, mark(3, 'in a transaction'), 0)).toBe(true);
    await client.query('rollback');
    client.release();
    expect(await checkpoints.read(pool, ['in a transaction'])).toEqual([]);
  });

  it('is forgotten when its reader begins anew, and no other', async () => {
    await checkpoints.advance(pool, mark(3, 'anew'), 0);
    await checkpoints.advance(pool, mark(4, 'beside it'), 0);
    await checkpoints.forget(pool, 'anew');
    expect(await checkpoints.read(pool, ['anew', 'beside it'])).toEqual([mark(4, 'beside it')]);
  });
});
