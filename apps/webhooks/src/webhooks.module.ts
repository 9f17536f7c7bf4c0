import type { ServiceDefinition } from '@postrider/service-host';
import { answerHandshakeRoute } from './answer-handshake/answer-handshake.route';
import { WebhooksConfig } from './config';
import { identitySecrets } from './identity-secrets';
import { CreateReceipts1763769610001 } from './migrations/1-receipts.migration';
import { ReceiptTable } from './receipts/receipt.table';
import { numberOwners } from './sender/number-owners';
import { SenderTable } from './sender/sender.table';
import { senders } from './sender/senders.projection';
import { admission } from './take-delivery/admission';
import { appendFacts } from './take-delivery/append-facts';
import { knownApps } from './take-delivery/known-apps';
import { deliveryReader } from './take-delivery/read-delivery';
import { receiptWriter } from './take-delivery/receipt-writer';
import { takeDelivery } from './take-delivery/take-delivery.handler';
import { takeDeliveryRoute } from './take-delivery/take-delivery.route';

/** Together with what each delivery grows to while it is read, well below a gigabyte. */
const roomForDeliveries = { deliveriesMax: 512, bytesMax: 48 * 1024 * 1024 };

export const webhooks: ServiceDefinition<WebhooksConfig> = {
  name: 'webhooks',
  config: WebhooksConfig,
  migrations: [CreateReceipts1763769610001],
  entities: [ReceiptTable, SenderTable],
  compose(host) {
    const { pool, clock, log, internal, logger, metrics } = host;
    const apps = knownApps({ internal, clock });
    const reader = deliveryReader({
      numberOwners: numberOwners({ pool, clock }),
      identitySecret: identitySecrets(internal),
    });
    const append = appendFacts(log);
    const take = takeDelivery({ apps, reader, receipts: receiptWriter(pool), append, clock });
    const handshake = answerHandshakeRoute(host.keys.derive('verify-token'));
    const deliveries = takeDeliveryRoute({ take, admission: admission(roomForDeliveries), logger, metrics });
    return {
      controllers: [],
      providers: [],
      readers: [senders()],
      fastify(instance) {
        handshake(instance);
        void instance.register(async (scope) => deliveries(scope));
      },
    };
  },
};
