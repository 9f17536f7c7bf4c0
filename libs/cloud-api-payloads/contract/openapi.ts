import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Validators of Meta's OpenAPI document, by the name of a component's schema; the document is read when first asked. */
export function openApiSchemas(folder: string): (name: string) => ValidateFunction {
  let read: ((name: string) => ValidateFunction) | undefined;
  return (name) => (read ??= readSchemas(folder))(name);
}

function readSchemas(folder: string): (name: string) => ValidateFunction {
  const path = join(folder, 'openapi', 'business-messaging-api_v23.0.yaml');
  const document = parse(readFileSync(path, 'utf8')) as { components: object };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'meta', components: opened(document.components) });
  return (name) => ajv.compile({ $ref: `meta#/components/schemas/${name}` });
}

/** The document closes the parts that it joins with `allOf`, so that no payload fits: they are opened again. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key, member]) => key !== 'additionalProperties' || member !== false);
  return Object.fromEntries(members.map(([key, member]) => [key, opened(member)]));
}
