import { GraphError } from './graph-error';

/** Query and body as one set of parameters: Graph takes JSON, forms and the query alike. */
export function readParams(query: string, body: Buffer, contentType: string): Record<string, unknown> {
  const params: Record<string, unknown> = query ? fromForm(query) : {};
  if (body.length === 0) return params;
  if (contentType.includes('application/x-www-form-urlencoded')) return { ...params, ...fromForm(body.toString()) };
  const first = body[0];
  if (!contentType.includes('json') && first !== 0x7b) return params;
  const json = parseJson(body);
  return query ? { ...params, ...json } : json;
}

function parseJson(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw new GraphError(100, { message: '(#100) The request body is not valid JSON.' });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new GraphError(100, { message: '(#100) The request body is not a JSON object.' });
}

function fromForm(text: string): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [key, value] of new URLSearchParams(text)) params[key] = unquote(value);
  return params;
}

/** A form value may hold JSON; anything else stays text. */
function unquote(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
