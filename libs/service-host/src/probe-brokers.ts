import { connect } from 'node:net';

const patienceMs = 2_000;

/** Throws where none of the brokers takes a connection. */
export async function probeBrokers(brokers: readonly string[]): Promise<void> {
  await Promise.any(brokers.map(probe));
}

function probe(broker: string): Promise<void> {
  const split = broker.lastIndexOf(':');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: broker.slice(0, split),
      port: Number(broker.slice(split + 1)),
      timeout: patienceMs,
    });
    const end = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(new Error(`${broker} does not answer`)));
    socket.once('error', end);
  });
}
