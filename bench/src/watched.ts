import { Client } from 'pg';

/**
 * Loaded before a measured process: counts its database round trips, tells its processor time when asked over IPC, and
 * ends in order, so that a profile is written.
 */
let roundTrips = 0;
const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
Client.prototype.query = function counted(this: Client, ...args: unknown[]) {
  roundTrips++;
  return query.apply(this, args);
} as typeof Client.prototype.query;

process.on('message', (wanted) => {
  if (wanted === 'exit') process.exit(0);
  const { user, system } = process.cpuUsage();
  process.send?.({ roundTrips, cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() });
});
// The channel alone keeps nobody alive.
process.channel?.unref();
