import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire between Postrider and Meta that can swallow what is sent, as a network does before it is known to be down. */
export interface LineToMeta {
  readonly url: string;
  /** From now on nothing gets through; what comes is counted and lost. */
  swallow(): void;
  /** Requests lost so far. */
  swallowed(): number;
  /** From now on what is sent gets through, and the answers wait. */
  holdAnswers(): void;
  /** Lets the answers through that waited, and all after them; tells how many pieces of them waited. */
  releaseAnswers(): number;
  /** Lets new connections through again; those that lost something are closed. */
  mend(): void;
  close(): Promise<void>;
}

export async function lineToMeta(metaUrl: string): Promise<LineToMeta> {
  const { hostname, port } = new URL(metaUrl);
  const sockets = new Set<Socket>();
  const lossy = new Set<Socket>();
  let swallowing = false;
  let lost = 0;
  let held: (() => void)[] | undefined;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (chunk) => {
      if (!swallowing && !lossy.has(near)) return void far.write(chunk);
      lossy.add(near);
      lost += chunk.toString('latin1').split('POST /').length - 1;
    });
    far.on('data', (chunk) => {
      if (held) held.push(() => near.write(chunk));
      else near.write(chunk);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    swallow() {
      swallowing = true;
      lost = 0;
    },
    swallowed: () => lost,
    holdAnswers() {
      held = [];
    },
    releaseAnswers() {
      const waited = held ?? [];
      held = undefined;
      for (const release of waited) release();
      return waited.length;
    },
    mend() {
      swallowing = false;
      for (const socket of lossy) socket.destroy();
      lossy.clear();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
