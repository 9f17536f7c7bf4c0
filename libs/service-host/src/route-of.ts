import { serviceNames, type ServiceName } from '@postrider/event-contracts';
import { gatewayRoutes } from './gateway-routes';

const routes = gatewayRoutes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replaceAll('*', '[^/]+')}(/|$)`),
}));

/**
 * The service that answers a request; undefined where none does. Operations and documentation name theirs:
 * `/v1/operations/parked/dispatch:…`, `/docs/dispatch/openapi.json`.
 */
export function routeOf(method: string, url: string): ServiceName | undefined {
  const path = decoded(url.split(/[?#]/, 1)[0]!);
  if (path === undefined) return undefined;
  const named =
    /^\/v1\/operations\/(?:parked\/|projections\/)?([a-z]+)(?::|$)/.exec(path) ??
    /^\/docs\/([a-z]+)(?:\/|$)/.exec(path);
  if (named) return serviceNames.find((name) => name === named[1]);
  return routes.find(({ methods, pattern }) => pattern.test(path) && (methods?.includes(method) ?? true))?.service;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
