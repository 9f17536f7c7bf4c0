import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const folder = join(__dirname, '../../../../../../shared/openapi');

export const openApiIsHere = existsSync(folder);

export interface Checker {
  /** What is wrong with an answer, as lines of `path message`; nothing when it fits. */
  faults(path: string, method: string, status: number, body: unknown): string[];
}

/** Meta's document as a check of answers. */
export function readOpenApi(): Checker {
  const name = readdirSync(folder).find((file) => file.endsWith('.yaml')) ?? '';
  const document = parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, 'meta');
  const at = (node: unknown, ...keys: string[]): unknown =>
    keys.reduce((found, key) => (found as Record<string, unknown> | undefined)?.[key], node);
  const followed = (node: unknown): unknown => {
    const ref = at(node, '$ref');
    return typeof ref === 'string' ? at(document, ...ref.replace('#/', '').split('/')) : node;
  };
  /** References inside a schema are relative to the document. */
  const anchored = (schema: unknown): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"meta#/')) as object;
  return {
    faults(path, method, status, body) {
      const response = followed(at(document, 'paths', path, method, 'responses', String(status)));
      const schema = at(response, 'content', 'application/json', 'schema');
      if (schema === undefined) throw new Error(`The document has no answer ${status} of ${method} ${path}.`);
      const validate = ajv.compile(anchored(schema));
      validate(body);
      return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
    },
  };
}
