import { route, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { sendMessage } from './send-message';

const common = {
  permission: 'whatsapp_business_messaging' as const,
  operation: 'send',
  method: 'POST' as const,
  kind: 'phone' as const,
};

export const messageRoutes: Route[] = [
  route({ ...common, edge: 'messages', handle: (call, node) => sendMessage(call, node) }),
  route({
    ...common,
    edge: 'marketing_messages',
    handle(call, node) {
      const { type, product_policy: policy } = call.params;
      if (type !== 'template')
        throw new GraphError(131055, { details: 'Only template messages may be sent by this endpoint.' });
      if (policy !== undefined && policy !== 'CLOUD_API_FALLBACK' && policy !== 'STRICT') {
        throw new GraphError(100, {
          message: `(#100) Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT} - got "${String(policy)}".`,
        });
      }
      const fallback = node.account.marketingMessagesStatus !== 'ONBOARDED';
      if (fallback && policy === 'STRICT')
        throw new GraphError(134102, { details: 'The account is not onboarded to Marketing Messages API.' });
      return sendMessage(call, node, true);
    },
  }),
];
