export type { AccountCredentials, InternalCalls } from './internal-calls';
export type { Background, ReaderProgress, ServiceDefinition, ServiceHost, ServiceParts } from './service-definition';
