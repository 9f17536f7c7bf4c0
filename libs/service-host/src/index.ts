export type { Alarm, Alarms } from './alarms';
export { EnvironmentError, MasterKey, Port, readEnvironment, type Environment } from './environment';
export {
  defaultWorkspaceId,
  installationKey,
  sameSecret,
  scopes,
  type ApiKey,
  type ApiKeys,
  type Scope,
} from './http/api-keys';
export { docsIndex } from './docs/docs-index';
export { gatewayRoutes, type GatewayRoute } from './gateway-routes';
export { BodyOf, Describe, QueryOf, type RouteDescription } from './http/described';
export { httpInternalCalls } from './internal/http-internal-calls';
export { inProcessInternalCalls } from './internal/in-process-internal-calls';
export { routeOf } from './route-of';
export { CallerParam, callerOf, requireScope, RequireScope, type Caller } from './http/caller';
export { listenHttp, type HttpFront, type RequestHandler } from './http/listen';
export { pageOf, pageQuery, readCursor, writeCursor, type Page } from './http/page';
export { overloaded, Problem, problemOf, unavailable, type ProblemBody } from './http/problem';
export { problemStatus } from './http/problem-codes';
export { answer, problemJson } from './http/problem-filter';
export { parseBody, parseId, parseQuery, type Finding } from './http/validation';
export type { Answer, Claim, Claims } from './idempotency/claims';
export { Idempotent } from './idempotency/idempotent';
export type { AccountCredentials, InternalCalls } from './internal-calls';
export { openService, startService } from './open-service';
export type { OpenedService, RunningService, ServiceRuntime, Surroundings } from './runtime';
export type { Background, ReaderProgress, ServiceDefinition, ServiceHost, ServiceParts } from './service-definition';
export { runService } from './run-service';
export { systemClock } from './system-clock';
export { fakeInternalCalls } from './testing/fake-internal-calls';
export { testClock, type TestClock } from './testing/test-clock';
export { testApiKey, testMasterKey, testService, type TestAnswer, type TestService } from './testing/test-service';
export { isUnreachable } from './unreachable';
