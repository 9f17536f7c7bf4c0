import type { z } from 'zod';

export const serviceNames = ['configuration', 'templates', 'dispatch', 'webhooks', 'journeys', 'projections'] as const;
/** The services that own streams, and `projections`, which only reads. */
export type ServiceName = (typeof serviceNames)[number];

/**
 * One declaration of a fact. Its TypeScript type, its JSON Schema and its entry in the AsyncAPI document come from here.
 * `data` anyone on the bus may see; `personal` is what identifies or quotes a person.
 */
export interface EventDefinition<
  Type extends string = string,
  Data extends z.ZodType = z.ZodType,
  Personal extends z.ZodType = z.ZodType,
> {
  readonly service: ServiceName;
  /** The kind of stream it stands in, such as `message`. */
  readonly stream: string;
  readonly type: Type;
  readonly typeVersion: number;
  /** On the bus: `postrider.dispatch.message-accepted.v1`. */
  readonly wireType: string;
  readonly summary: string;
  readonly data: Data;
  readonly personal?: Personal;
  /** Makes the event. */
  of(data: z.input<Data>, personal?: z.input<Personal>): EventFrom<Type, Data, Personal>;
}

export interface EventFrom<Type extends string, Data extends z.ZodType, Personal extends z.ZodType> {
  readonly type: Type;
  readonly data: z.infer<Data>;
  readonly personal?: z.infer<Personal>;
}

/** The event that a definition declares: `EventOf<typeof MessageAccepted>`. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Data, infer Personal> ? EventFrom<Type, Data, Personal> : never;

export interface EventDeclaration<Type extends string, Data extends z.ZodType, Personal extends z.ZodType> {
  service: ServiceName;
  stream: string;
  type: Type;
  typeVersion?: number;
  summary: string;
  data: Data;
  personal?: Personal;
}

export function defineEvent<Type extends string, Data extends z.ZodType, Personal extends z.ZodType = z.ZodNever>(
  declaration: EventDeclaration<Type, Data, Personal>,
): EventDefinition<Type, Data, Personal> {
  const typeVersion = declaration.typeVersion ?? 1;
  return {
    ...declaration,
    typeVersion,
    wireType: wireType(declaration.service, declaration.type, typeVersion),
    of: (data, personal) =>
      ({ type: declaration.type, data, ...(personal === undefined ? {} : { personal }) }) as EventFrom<
        Type,
        Data,
        Personal
      >,
  };
}

/** `('dispatch', 'MessageAccepted', 1)` → `postrider.dispatch.message-accepted.v1`. */
export function wireType(service: string, type: string, typeVersion: number): string {
  return `postrider.${service}.${type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}.v${typeVersion}`;
}

/** The reverse of `wireType`; undefined where the text is not of that form. */
export function parseWireType(wire: string): { service: string; type: string; typeVersion: number } | undefined {
  const match = /^postrider\.([a-z]+)\.([a-z0-9]+(?:-[a-z0-9]+)*)\.v([1-9]\d*)$/.exec(wire);
  if (!match) return undefined;
  const [, service, kebab, version] = match as unknown as [string, string, string, string];
  const type = kebab.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  return { service, type, typeVersion: Number(version) };
}
