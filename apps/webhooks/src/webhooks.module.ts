import { identitySecrets, type ServiceDefinition } from '@postrider/service-host';
import { answerHandshakeRoute } from './answer-handshake/answer-handshake.route';
import { WebhooksConfig } from './config';
import { fetchMedia } from './media/fetch-media';
import { MediaJobTable } from './media/media-job.table';
import { mediaJobs } from './media/media-jobs.projection';
import { storeMedia } from './media/store-media';
import { CreateReceipts1763769610001 } from './migrations/1-receipts.migration';
import { CreateReplays1763769610002 } from './migrations/2-replays.migration';
import { forgetPerson } from './receipts/forget-person';
import { forgetReceipts } from './receipts/forget-receipts';
import { heldOfPerson } from './receipts/held-of-person';
import { sealStoredReceipts } from './receipts/seal-stored-receipts';
import { sealedBodies } from './receipts/sealed-bodies';
import { CreateTraffic1763769610003 } from './migrations/3-traffic.migration';
import { CreateMedia1763769610004 } from './migrations/4-media.migration';
import { SealedReceipts1763769610005 } from './migrations/5-sealed-receipts.migration';
import { RawChanges1763769610006 } from './migrations/6-raw-changes.migration';
import { openStore } from './object-store/open-store';
import { RawChangeTable } from './raw-changes/raw-change.table';
import { rawChanges } from './raw-changes/raw-changes.projection';
import { ReceiptTable } from './receipts/receipt.table';
import { ReplayReceipts, replayReceipts } from './replay-receipts/replay-receipts.handler';
import { ReplayReceiptsRoute } from './replay-receipts/replay-receipts.route';
import { ReplayTable } from './replay-receipts/replay.table';
import { numberOwners } from './sender/number-owners';
import { SenderTable } from './sender/sender.table';
import { senders } from './sender/senders.projection';
import { ShowMedia, showMedia } from './show-media/show-media.handler';
import { ShowMediaRoute } from './show-media/show-media.route';
import { ShowReceipts, showReceipts } from './show-receipts/show-receipts.handler';
import { ShowReceiptsRoute } from './show-receipts/show-receipts.route';
import { admission } from './take-delivery/admission';
import { groupCommit } from './take-delivery/group-commit';
import { writeReceipts } from './take-delivery/write-receipts';
import { appendFacts } from './delivery/append-facts';
import { knownApps } from './delivery/known-apps';
import { deliveryReader } from './delivery/read-delivery';
import { takeDelivery } from './take-delivery/take-delivery.handler';
import { deliveryPath, takeDeliveryRoute } from './take-delivery/take-delivery.route';
import { traffic } from './traffic/traffic.projection';
import { SilentSenderTable, TrafficTable } from './traffic/traffic.table';
import { watchSilence } from './traffic/watch-silence';

/** Together with what each delivery grows to while it is read, well below a gigabyte. */
const roomForDeliveries = { deliveriesMax: 512, bytesMax: 48 * 1024 * 1024 };

export const webhooks: ServiceDefinition<WebhooksConfig> = {
  name: 'webhooks',
  config: WebhooksConfig,
  migrations: [
    CreateReceipts1763769610001,
    CreateReplays1763769610002,
    CreateTraffic1763769610003,
    CreateMedia1763769610004,
    SealedReceipts1763769610005,
    RawChanges1763769610006,
  ],
  entities: [ReceiptTable, ReplayTable, SenderTable, TrafficTable, SilentSenderTable, MediaJobTable, RawChangeTable],
  compose(host) {
    const { pool, clock, log, internal, logger, metrics, config } = host;
    const apps = knownApps({ internal, clock });
    const secretOf = identitySecrets(internal);
    const reader = deliveryReader({
      numberOwners: numberOwners({ pool, clock }),
      identitySecret: secretOf,
    });
    const append = appendFacts(log);
    const bodies = sealedBodies(host.parts);
    const commits = groupCommit({ receipts: writeReceipts(pool), append });
    const take = takeDelivery({ apps, reader, commits, bodies, clock });
    const replays = replayReceipts({ pool, clock, apps, reader, append, bodies });
    const store = openStore(config, () => clock.now());
    const fetch = fetchMedia({ internal, graphHosts: config.graphHosts, clock });
    const media = storeMedia({ pool, clock, log, store, fetch, logger });
    const silence = watchSilence({ pool, clock, log, readers: host.readers });
    const handshake = answerHandshakeRoute(host.keys.derive('verify-token'));
    const deliveries = takeDeliveryRoute({ take, admission: admission(roomForDeliveries), logger, metrics });
    return {
      controllers: [ReplayReceiptsRoute, ShowReceiptsRoute, ShowMediaRoute],
      providers: [
        { provide: ShowReceipts, useValue: showReceipts({ pool, apps, bodies }) },
        { provide: ShowMedia, useValue: showMedia({ pool, store }) },
        { provide: ReplayReceipts, useValue: replays },
      ],
      readers: [senders(), traffic(), mediaJobs(), rawChanges()],
      background: [
        media.worker,
        silence.worker,
        replays.worker,
        forgetReceipts({ pool, clock, days: config.receiptDays, parts: host.parts }),
        sealStoredReceipts({ pool, bodies }),
      ],
      direct: new Map([[`POST ${deliveryPath}`, deliveries.answer]]),
      forgetting: { things: forgetPerson({ pool, bodies, store, identitySecret: secretOf }) },
      held: heldOfPerson({ pool, log }),
      fastify(instance) {
        handshake(instance);
        void instance.register(async (scope) => deliveries.fastify(scope));
      },
    };
  },
};
