import type { GraphCall } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import type { Account } from '../world/state';
import { tallies } from './analytics';

/** Sent, delivered and read of up to ten templates by day, looking back at most 90 days. */
export function templateAnalytics({ sim, params }: GraphCall, account: Account): unknown {
  if (!account.insightsEnabled) throw new GraphError(200007);
  const ids = (
    Array.isArray(params.template_ids) ? params.template_ids.map(String) : String(params.template_ids ?? '').split(',')
  ).filter(Boolean);
  if (ids.length < 1 || ids.length > 10)
    throw new GraphError(100, { message: '(#100) Param template_ids must hold 1 to 10 ids.' });
  const start = Number(params.start);
  const end = Number(params.end);
  if (!Number.isFinite(start) || !Number.isFinite(end))
    throw new GraphError(100, { message: '(#100) The parameters start and end are required.' });
  if (start < sim.nowMs() / 1000 - 91 * 86_400)
    throw new GraphError(100, { message: '(#100) start may lie at most 90 days back.' });
  const points = new Map<
    string,
    { template_id: string; start: number; end: number; sent: number; delivered: number; read: number }
  >();
  for (const tally of tallies(sim, account.id, start, end)) {
    if (tally.templateId === undefined || !ids.includes(tally.templateId)) continue;
    const key = `${tally.templateId}:${tally.day}`;
    const point = points.get(key) ?? {
      template_id: tally.templateId,
      start: tally.day * 86_400,
      end: (tally.day + 1) * 86_400,
      sent: 0,
      delivered: 0,
      read: 0,
    };
    point.sent += tally.sent;
    point.delivered += tally.delivered;
    point.read += tally.read;
    points.set(key, point);
  }
  return { data: [{ granularity: 'DAILY', product_type: 'cloud_api', data_points: [...points.values()] }] };
}
