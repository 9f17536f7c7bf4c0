import { Pool } from 'undici';

export interface PoolSettings {
  /** Connections to one origin, at most. */
  readonly connections?: number;
  readonly connectTimeoutMs?: number;
  readonly keepAliveTimeoutMs?: number;
}
/** Kept-alive connections, a pool for each origin. */
export interface Pools {
  readonly poolFor: (origin: string) => Pool;
  /** Waits for what runs, then closes every connection. */
  readonly close: () => Promise<void>;
}

/** Makes pools of kept-alive connections. Idle ones do not keep the process alive. */
export function connectionPools(settings: PoolSettings = {}): Pools {
  const { connections = 256, connectTimeoutMs = 5_000, keepAliveTimeoutMs = 4_000 } = settings;
  const pools = new Map<string, Pool>();
  return {
    poolFor(origin) {
      const known = pools.get(origin);
      if (known) return known;
      const pool = new Pool(origin, {
        connections,
        pipelining: 1,
        keepAliveTimeout: keepAliveTimeoutMs,
        connect: { timeout: connectTimeoutMs },
        // Deadlines are the exchange's own: one clock a request.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      pools.set(origin, pool);
      return pool;
    },
    async close() {
      const closing = [...pools.values()];
      pools.clear();
      await Promise.all(closing.map((pool) => pool.close()));
    },
  };
}

let shared: Pools | undefined;

/** The pools of this process, for every client that brings none of its own. */
export function sharedPools(): Pools {
  shared ??= connectionPools();
  return shared;
}
