import type { IncomingHttpHeaders } from 'node:http';

/** How much of a call limit is used, in percent of each measure. */
export interface CallUsage {
  readonly callCount?: number;
  readonly totalTime?: number;
  readonly totalCpuTime?: number;
  /** Until calls are taken again, where they are not now. */
  readonly regainAccessMs?: number;
  readonly type?: string;
}
/** What Meta's rate headers say after a call. */
export interface Usage {
  readonly app?: CallUsage;
  /** By business object, the WABA for instance. */
  readonly business: Readonly<Record<string, readonly CallUsage[]>>;
}

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

function callUsage(raw: unknown): CallUsage {
  const value = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const minutes = number(value.estimated_time_to_regain_access);
  const usage = {
    callCount: number(value.call_count),
    totalTime: number(value.total_time),
    totalCpuTime: number(value.total_cputime),
    regainAccessMs: minutes ? minutes * 60_000 : undefined,
    type: typeof value.type === 'string' ? value.type : undefined,
  };
  return Object.fromEntries(Object.entries(usage).filter(([, each]) => each !== undefined));
}

function json(header: string | string[] | undefined): Record<string, unknown> | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(header);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // A header that cannot be read tells nothing; the answer stands without it.
    return undefined;
  }
}

/** Reads `X-App-Usage` and `X-Business-Use-Case-Usage`; nothing where an answer has neither. */
export function usageOf(headers: IncomingHttpHeaders): Usage | undefined {
  const app = json(headers['x-app-usage']);
  const business = json(headers['x-business-use-case-usage']);
  if (!app && !business) return undefined;
  const entries = Object.entries(business ?? {}).map(([id, list]) => [
    id,
    Array.isArray(list) ? list.map(callUsage) : [],
  ]);
  return { ...(app ? { app: callUsage(app) } : {}), business: Object.fromEntries(entries) };
}
