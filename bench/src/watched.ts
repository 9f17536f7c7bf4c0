import { subscribe } from 'node:diagnostics_channel';
import { Client } from 'pg';

/**
 * Loaded before a measured process: counts its database round trips, notes when each message left for Meta, tells both and
 * its processor time when asked over IPC, and ends in order, so that a profile is written.
 */
let roundTrips = 0;
const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
Client.prototype.query = function counted(this: Client, ...args: unknown[]) {
  roundTrips++;
  return query.apply(this, args);
} as typeof Client.prototype.query;

const departures: number[] = [];
subscribe('undici:client:sendHeaders', (news) => {
  const { method, path } = (news as { request: { method: string; path: string } }).request;
  if (method === 'POST' && path.endsWith('/messages')) departures.push(performance.now());
});

process.on('message', (wanted) => {
  if (wanted === 'exit') process.exit(0);
  const { user, system } = process.cpuUsage();
  const used = { roundTrips, cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() };
  process.send?.(wanted === 'departures' ? departures : used);
});
// The channel alone keeps nobody alive.
process.channel?.unref();
