import { routeOf } from './route-of';

describe('the gateway', () => {
  it.each([
    ['POST', '/v1/business-accounts/4/verify', 'configuration'],
    ['GET', '/v1/channels?limit=2', 'configuration'],
    ['GET', '/v1/templates', 'templates'],
    ['POST', '/v1/messages', 'dispatch'],
    ['POST', '/v1/messages/batch', 'dispatch'],
    ['POST', '/v1/messages/7/cancel', 'dispatch'],
    ['GET', '/v1/messages', 'projections'],
    ['GET', '/v1/messages/7', 'projections'],
    ['HEAD', '/v1/messages/7', 'projections'],
    ['POST', '/v1/conversations/7/read', 'dispatch'],
    ['POST', '/v1/conversations/7/typing', 'dispatch'],
    ['GET', '/v1/conversations/7', 'projections'],
    ['PUT', '/v1/contacts', 'dispatch'],
    ['POST', '/v1/campaigns/7/launch', 'journeys'],
    ['GET', '/v1/reports/delivery?by=day', 'projections'],
    ['GET', '/v1/stream?types=a', 'projections'],
    ['GET', '/v1/streams', 'projections'],
    ['POST', '/webhooks/meta', 'webhooks'],
    ['POST', '/v1/receipts/replay', 'webhooks'],
    ['POST', '/v1/operations/parked/dispatch:senders:configuration:x/replay', 'dispatch'],
    ['POST', '/v1/operations/parked/dispatch%3Asenders%3Ax/replay', 'dispatch'],
    ['POST', '/v1/operations/projections/projections:timeline/rebuild', 'projections'],
    ['GET', '/v1/operations/templates:7', 'templates'],
    ['GET', '/docs/webhooks/openapi.json', 'webhooks'],
    ['GET', '/docs/asyncapi.json', undefined],
    ['GET', '/v1/messagesque', undefined],
    ['GET', '/internal/head', undefined],
    ['GET', '/v1/operations/strangers:7', undefined],
    ['GET', '/%', undefined],
  ])('sends %s %s to %s', (method, url, service) => {
    expect(routeOf(method, url)).toBe(service);
  });
});
