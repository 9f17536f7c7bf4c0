import { GraphError } from './graph-error';

export interface FieldRequest {
  name: string;
  /** `analytics.start(1).end(2)` gives {start: '1', end: '2'}. */
  modifiers: Record<string, string>;
  sub?: string;
}

/** Reads `id,name,owner_business_info{id,name},analytics.start(1).end(2)`. */
export function parseFields(text: string): FieldRequest[] {
  return splitOutside(text, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const brace = /^([^{]*)\{(.*)\}$/s.exec(part);
      const [name = '', ...modifiers] = splitOutside(brace ? (brace[1] ?? '') : part, '.');
      return {
        name,
        modifiers: Object.fromEntries(
          modifiers.map((text) => (/^(\w+)\((.*)\)$/s.exec(text) ?? []).slice(1, 3) as [string, string]),
        ),
        ...(brace && { sub: brace[2] }),
      };
    });
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '(' || c === '{' || c === '[') depth += 1;
    else if (c === ')' || c === '}' || c === ']') depth -= 1;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

export type FieldReaders = Readonly<Record<string, unknown | ((request: FieldRequest) => unknown)>>;

export interface NodeType {
  name: string;
  defaults: readonly string[];
  fields: FieldReaders;
}

/** The object's fields that were asked for, `id` always; a field that does not exist is refused as Graph does. */
export function pickFields(type: NodeType, requested: unknown): Record<string, unknown> {
  const wanted =
    typeof requested === 'string' ? parseFields(requested) : type.defaults.map((name) => ({ name, modifiers: {} }));
  const picked: Record<string, unknown> = {};
  for (const request of wanted) {
    if (!(request.name in type.fields)) {
      throw new GraphError(100, {
        message: `(#100) Tried accessing nonexisting field (${request.name}) on node type (${type.name})`,
      });
    }
    const reader = type.fields[request.name];
    const value: unknown = typeof reader === 'function' ? (reader as (r: FieldRequest) => unknown)(request) : reader;
    if (value !== undefined && value !== null) picked[request.name] = value;
  }
  picked.id = type.fields.id;
  return picked;
}
