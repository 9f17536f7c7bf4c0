import { Client } from 'pg';

export interface Notifications {
  /** Lets other processes know, soon, that the shard grew. */
  announce(shard: number): void;
  /** Begins to hear other processes; resolves once the database listens, or the first try failed. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** At most twenty a second: every NOTIFY takes one lock that the whole cluster shares. */
const announceEveryMs = 50;
const reconnectMaxMs = 2_000;

/**
 * Wakes readers of other processes by NOTIFY, without payload, on a session connection of its own and never inside an
 * append. What is announced while the connection is away is lost: readers poll as well. After a reconnect everything is
 * taken as changed.
 */
export function notifications(options: {
  connectionString: string;
  shards: number;
  heard: (shard: number) => void;
}): Notifications {
  const { connectionString, shards, heard } = options;
  const all = Array.from({ length: shards }, (_, shard) => shard);
  const grown = new Set<number>();
  let client: Client | undefined;
  let connecting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let wanted = false;
  let closed = false;
  let failures = 0;

  async function connect(): Promise<void> {
    const session = new Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 2_000 });
    session.on('error', () => lost(session));
    session.on('end', () => lost(session));
    let ownPid = 0;
    session.on('notification', ({ channel, processId }) => {
      if (processId !== ownPid) heard(Number(channel.slice('log_'.length)));
    });
    try {
      await session.connect();
      const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
      ownPid = rows[0]?.pid ?? 0;
      if (wanted) await session.query(all.map((shard) => `listen log_${shard}`).join(';'));
    } catch {
      // Down at the moment: `lost` tries again later, and polling goes on meanwhile.
      return lost(session);
    }
    if (closed) return session.end();
    client = session;
    if (wanted && failures > 0) all.forEach(heard);
    failures = 0;
  }

  function lost(session: Client): void {
    session.removeAllListeners('end');
    if (client === session) client = undefined;
    session.end().catch(() => undefined);
    if (closed) return;
    failures++;
    clearTimeout(retry);
    retry = setTimeout(() => void ensure(), Math.min(50 * 2 ** failures, reconnectMaxMs));
    retry.unref();
  }

  function ensure(): Promise<void> {
    if (client || closed) return Promise.resolve();
    connecting ??= connect().finally(() => (connecting = undefined));
    return connecting;
  }

  async function flush(): Promise<void> {
    const shardsGrown = [...grown];
    grown.clear();
    await ensure();
    await client?.query(`select pg_notify(channel, '') from unnest($1::text[]) channel`, [
      shardsGrown.map((shard) => `log_${shard}`),
    ]);
  }

  return {
    announce: (shard) => {
      grown.add(shard);
      if (timer || closed) return;
      timer = setTimeout(() => {
        timer = undefined;
        // Lost with its connection, which is being renewed.
        flush().catch(() => undefined);
      }, announceEveryMs);
      timer.unref();
    },
    listen: async () => {
      if (wanted) return connecting;
      wanted = true;
      if (connecting) await connecting;
      if (client) await client.query(all.map((shard) => `listen log_${shard}`).join(';')).catch(() => undefined);
      else await ensure();
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      clearTimeout(retry);
      await connecting;
      const session = client;
      client = undefined;
      session?.removeAllListeners('end');
      await session?.end().catch(() => undefined);
    },
  };
}
