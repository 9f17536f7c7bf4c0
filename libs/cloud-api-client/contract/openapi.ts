import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

type Json = Record<string, unknown>;
interface Content {
  readonly schema?: Json;
  readonly example?: unknown;
  readonly examples?: Record<string, { value?: unknown }>;
}
interface Operation {
  readonly requestBody?: { readonly content: Record<string, Content> };
  readonly responses: Record<string, { readonly content?: Record<string, Content> }>;
}
/** One operation of Meta's document. */
export interface Documented {
  /** The examples of its success. */
  readonly answers: readonly unknown[];
  /** What is wrong with a request's body. */
  readonly problemsOf: (body: unknown) => ErrorObject[];
}

function findDocument(from: string): string | undefined {
  const here = join(from, 'shared', 'openapi', 'business-messaging-api_v23.0.yaml');
  if (existsSync(here)) return here;
  return dirname(from) === from ? undefined : findDocument(dirname(from));
}
const path = findDocument(__dirname);
const lack = "The client is not compared with Meta's OpenAPI document: ../shared/openapi is not there.";

/** A `describe` over Meta's document: passed over with one line where it is absent, failed where REQUIRE_FIXTURES=1. */
export function describeWithOpenApi(
  name: string,
  suite: (operation: (method: string, path: string) => Documented) => void,
): void {
  if (path) return describe(name, () => suite(operations(path)));
  if (process.env.REQUIRE_FIXTURES === '1') {
    return describe(name, () => {
      it("has Meta's document, as REQUIRE_FIXTURES=1 asks", () => {
        throw new Error(lack);
      });
    });
  }
  const skips = process.env.POSTRIDER_SKIPS_DIR;
  if (skips) writeFileSync(join(skips, 'openapi'), lack);
  else process.stderr.write(`${lack}\n`);
  describe.skip(name, () => it('reads ../shared/openapi', () => undefined));
}

function operations(file: string): (method: string, path: string) => Documented {
  let read: { paths: Record<string, Record<string, Operation>>; ajv: Ajv } | undefined;
  const document = () => (read ??= open(file));
  return (method, template) => {
    const { paths, ajv } = document();
    const operation = paths[`/{Version}${template}`]?.[method.toLowerCase()];
    if (!operation) throw new Error(`Meta's document has no ${method} ${template}`);
    const content = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content?.[
      'application/json'
    ];
    const examples = Object.values(content?.examples ?? {}).map((each) => each.value);
    const schema = operation.requestBody?.content['application/json']?.schema;
    return {
      answers: content?.example === undefined ? examples : [...examples, content.example],
      problemsOf(body) {
        if (!schema) return [];
        const validate = ajv.compile(resolved(schema) as Json);
        validate(body);
        return validate.errors ?? [];
      },
    };
  };
}

function open(file: string): { paths: Record<string, Record<string, Operation>>; ajv: Ajv } {
  const document = parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
    components: object;
  };
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'meta', components: document.components });
  return { paths: document.paths, ajv };
}

/** References, which are relative to the document, made absolute. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === '$ref' ? `meta${String(member)}` : resolved(member)]),
  );
}
