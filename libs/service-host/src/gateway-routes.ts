import { serviceNames, type ServiceName } from '@postrider/event-contracts';

export interface GatewayRoute {
  /** Absent: every method. */
  readonly methods?: readonly string[];
  /** `*` stands for one segment; deeper addresses belong to the route too. */
  readonly path: string;
  readonly service: ServiceName;
}

/**
 * Who answers what, under one address (INTERFACES, the table of HTTP calls). The first match counts, so a narrower route
 * stands before a wider one.
 */
export const gatewayRoutes: readonly GatewayRoute[] = [
  { path: '/v1/business-accounts', service: 'configuration' },
  { path: '/v1/senders', service: 'configuration' },
  { path: '/v1/channels', service: 'configuration' },
  { path: '/v1/policies', service: 'configuration' },
  { path: '/v1/api-keys', service: 'configuration' },
  { path: '/v1/templates', service: 'templates' },
  { methods: ['GET', 'HEAD'], path: '/v1/messages', service: 'projections' },
  { path: '/v1/messages', service: 'dispatch' },
  { methods: ['GET', 'HEAD'], path: '/v1/media', service: 'webhooks' },
  { path: '/v1/media', service: 'dispatch' },
  { path: '/v1/conversations/*/read', service: 'dispatch' },
  { path: '/v1/conversations/*/typing', service: 'dispatch' },
  { path: '/v1/conversations', service: 'projections' },
  { path: '/v1/replies', service: 'dispatch' },
  { path: '/v1/decisions', service: 'dispatch' },
  { path: '/v1/contacts', service: 'dispatch' },
  { path: '/v1/consents', service: 'dispatch' },
  { path: '/v1/campaigns', service: 'journeys' },
  { path: '/v1/journeys', service: 'journeys' },
  { path: '/v1/audiences', service: 'journeys' },
  { path: '/v1/reports', service: 'projections' },
  { path: '/v1/alarms', service: 'projections' },
  { path: '/v1/streams', service: 'projections' },
  { path: '/v1/stream', service: 'projections' },
  { path: '/v1/readings', service: 'projections' },
  { path: '/webhooks/meta', service: 'webhooks' },
  { path: '/v1/receipts', service: 'webhooks' },
  ...serviceNames.map((service) => ({ path: `/v1/personal-parts/${service}`, service })),
];
