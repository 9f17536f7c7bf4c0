import { z } from 'zod';
import type { EventDefinition } from './define-event';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (2020-12) of a record's value: `{data, sealed?}`. It is what a consumer may rely on, so it lets
 * through fields that a later Postrider adds.
 */
export function valueSchemaOf(definition: EventDefinition): JsonSchema {
  return {
    type: 'object',
    required: ['data'],
    properties: {
      data: schemaOf(definition.data),
      ...(definition.personal
        ? {
            sealed: {
              type: 'string',
              contentEncoding: 'base64',
              contentMediaType: 'application/json',
              contentSchema: schemaOf(definition.personal),
              description: `What identifies or quotes a person, sealed. \`POST /v1/personal-parts/${definition.service}\` opens it for a key with the scope \`personal\`; once the person was erased, nobody can.`,
            },
          }
        : {}),
    },
  };
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    // What is written is what a reader gets: `input` leaves objects open to fields that come later.
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  }) as Record<string, unknown>;
  return rest;
}
