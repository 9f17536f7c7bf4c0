import 'reflect-metadata';
import { SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { callerOf } from '../http/caller';
import type { Readings } from './readings';
import { whatWasShown, type ShownThing } from './what-was-shown';

interface Showing {
  readonly what: ShownThing;
  /** Also to callers without the scope `personal`. */
  readonly toAll: boolean;
}

const showingKey = 'postrider:shows-people';

/**
 * Says of a route that its answer names or quotes people where the caller may see them. Each such answer is kept as a
 * reading before it goes out.
 */
export const ShowsPeople = (what: ShownThing, { toAll = false }: Partial<Pick<Showing, 'toAll'>> = {}) =>
  SetMetadata(showingKey, { what, toAll } satisfies Showing);

/** Keeps a reading of every answer of a route that shows people. What cannot be kept is not shown. */
export class NoteReadings implements NestInterceptor {
  constructor(private readonly readings: Readings) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const showing = showingOf(context);
    if (showing === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    const caller = callerOf(request);
    if (!showing.toAll && !caller.scopes.includes('personal')) return next.handle();
    const { what } = showing;
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.readings.note(caller, {
          ...{ what, route: routeOfRequest(request) },
          ...whatWasShown(what, answer, request.params.id),
        });
        return answer;
      }),
    );
  }
}

/** As it stands in readings: method and pattern. */
export const routeOfRequest = ({ method, routeOptions }: Pick<FastifyRequest, 'method' | 'routeOptions'>): string =>
  `${method} ${routeOptions.url ?? ''}`;

function showingOf(context: ExecutionContext): Showing | undefined {
  const declared: unknown =
    Reflect.getMetadata(showingKey, context.getHandler()) ?? Reflect.getMetadata(showingKey, context.getClass());
  return declared as Showing | undefined;
}
