import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Scope } from '@postrider/event-contracts';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem';

/** Who asks, as routes and handlers see them. */
export interface Caller {
  readonly workspaceId: string;
  /** As it stands in events: `key:<api key id>`. */
  readonly actor: string;
  readonly scopes: readonly Scope[];
  /** One id for everything that follows from this request; the answer's `x-request-id`. */
  readonly correlationId: string;
  readonly traceparent?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
    correlationId: string;
    traceparent?: string | undefined;
    rawBody?: Buffer;
  }
}

/** The caller of a request under `/v1`. For raw Fastify routes; Nest routes take `@CallerParam()`. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Problem('unauthenticated', 'This address needs an API key.');
  return request.caller;
}

/** Throws 403 `forbidden` where the caller's key lacks the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) throw new Problem('forbidden', `The API key lacks the scope "${scope}".`);
}

/** The caller, as a parameter of a Nest route. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

const neededScope = 'postrider:scope';

/** The scope that a route, or every route of a controller, needs. */
export const RequireScope = (scope: Scope) => SetMetadata(neededScope, scope);

/** The scope that a route declares, itself or by its controller. */
export function scopeOf(handler: object, controller: object): Scope | undefined {
  const declared: unknown = Reflect.getMetadata(neededScope, handler) ?? Reflect.getMetadata(neededScope, controller);
  return declared as Scope | undefined;
}

/** Holds every Nest route to the scope that it declares. A route under `/v1` that declares none is a defect. */
export class ScopeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const scope = scopeOf(context.getHandler(), context.getClass());
    if (scope !== undefined) requireScope(callerOf(request), scope);
    else if (request.routeOptions.url?.startsWith('/v1'))
      throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no scope`);
    return true;
  }
}
