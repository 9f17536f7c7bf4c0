import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Below what systems hand out to outgoing connections, so that a server that comes back finds its port still free. */
const range = { from: 10_000, to: 32_000 };

/** Ports of 127.0.0.1 that nobody listens on, all different; by chance, so that runs side by side seldom meet. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(range.from, range.to);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

/** Whether 127.0.0.1 has nobody listening on the port. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await closed(await listening(port));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
