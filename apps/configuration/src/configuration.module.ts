import {
  changing as changingOf,
  Changing,
  type ServiceDefinition,
  type ServiceHost,
  type ServiceParts,
} from '@postrider/service-host';
import { whenAttentionNeeded } from './alarm/when-attention-needed';
import { Config } from './config';
import { readinessConfirmer, ConfirmReadiness, ReadinessRoute } from './confirm-readiness/confirm-readiness.route';
import { connectAccount, ConnectAccount } from './connect-account/connect-account.handler';
import { ConnectAccountRoute } from './connect-account/connect-account.route';
import { credentialsStore } from './credentials/credentials';
import { CredentialsTable, IdentitySecretTable, WabaClaimTable } from './credentials/credentials.table';
import { claimWaba } from './credentials/claim-waba';
import { resealing } from './credentials/reseal';
import { identitySecrets } from './credentials/identity-secret';
import { ApiKeysClock, ApiKeysRoute } from './keep-api-keys/api-keys.route';
import { keepApiKeys, KeepApiKeys } from './keep-api-keys/keep-api-keys.handler';
import { ChannelsRoute } from './keep-channels/channels.route';
import { keepChannels, KeepChannels } from './keep-channels/keep-channels.handler';
import { keepInStep } from './keep-in-step/keep-in-step';
import { whenAccountChangeReported } from './keep-in-step/when-account-change-reported';
import { whenSenderChangeReported } from './keep-in-step/when-sender-change-reported';
import { whenSendingPaused } from './keep-in-step/when-sending-paused';
import { PoliciesRoute } from './keep-policies/policies.route';
import { metaOver } from './meta/account-at-meta.adapter';
import { Configured1767312000001 } from './migrations/1-configured.migration';
import { Credentials1767312000002 } from './migrations/2-credentials.migration';
import { WabaClaim1767312000003 } from './migrations/3-waba-claim.migration';
import { PauseSenderRoute } from './pause-sender/pause-sender.route';
import { checkAccount as checkAccountOf } from './recording/check-account';
import { rotateCredentials, RotateCredentials } from './rotate-credentials/rotate-credentials.handler';
import { RotateCredentialsRoute } from './rotate-credentials/rotate-credentials.route';
import { secretsRoutes } from './serve-secrets/secrets.route';
import { setUpSender, SetUpSender } from './set-up-sender/set-up-sender.handler';
import { SetUpSenderRoute } from './set-up-sender/set-up-sender.route';
import { ShowAccountsRoute } from './show-accounts/show-accounts.route';
import { ReadStream, ShowSendersRoute } from './show-senders/show-senders.route';
import { VerifyAccount, VerifyAccountRoute } from './verify-account/verify-account.route';
import { configuredProjection, configuredReader } from './views/configured.projection';
import { ConfiguredTable } from './views/configured.table';
import { ConfiguredViews, configuredViews } from './views/configured';
import { lastUses as lastUsesOf, LastUses } from './views/shown-api-key';
import { accountShower, ShowAccount } from './views/shown';

/** The service that keeps the channel's set-up: accounts and their credentials, senders, channels, policies. */
export const configuration: ServiceDefinition<Config> = {
  name: 'configuration',
  config: Config,
  migrations: [Configured1767312000001, Credentials1767312000002, WabaClaim1767312000003],
  entities: [ConfiguredTable, CredentialsTable, IdentitySecretTable, WabaClaimTable],
  compose,
};

function compose(host: ServiceHost<Config>): ServiceParts {
  const { pool, keys, clock, config, log, logger, leases, readers, alarms } = host;
  const changing = changingOf({ service: 'configuration', log, clock, readers, shownBy: configuredReader });
  const views = configuredViews(pool);
  const credentials = credentialsStore({ pool, keys, clock });
  const metaOf = metaOver({ graphHosts: config.graphHosts });
  const deps = { changing, credentials, metaOf, keys, clock, config };
  const isConnected = async (accountId: string): Promise<boolean> => (await log.readStream(accountId)).length > 0;
  const checkAccount = checkAccountOf(deps);
  const inStep = keepInStep({ views, checkAccount, credentials, leases, logger, everyMs: config.syncEveryMs });
  const lookSoon = (accountId: string): void => inStep.lookSoon(accountId);
  const lastUses = lastUsesOf(host);
  return {
    controllers: [
      ConnectAccountRoute,
      ShowAccountsRoute,
      VerifyAccountRoute,
      RotateCredentialsRoute,
      ReadinessRoute,
      ShowSendersRoute,
      PauseSenderRoute,
      SetUpSenderRoute,
      ChannelsRoute,
      PoliciesRoute,
      ApiKeysRoute,
    ],
    providers: [
      { provide: ConnectAccount, useValue: connectAccount({ ...deps, isConnected, claimWaba: claimWaba(pool) }) },
      { provide: VerifyAccount, useValue: checkAccount },
      { provide: RotateCredentials, useValue: rotateCredentials(deps) },
      { provide: ConfirmReadiness, useValue: readinessConfirmer({ changing, clock }) },
      { provide: KeepChannels, useValue: keepChannels({ changing, views }) },
      { provide: SetUpSender, useValue: setUpSender({ ...deps, views, checkAccount }) },
      { provide: KeepApiKeys, useValue: keepApiKeys({ changing, views, keys, clock, lastUses }) },
      { provide: LastUses, useValue: lastUses },
      { provide: ApiKeysClock, useValue: clock },
      { provide: Changing, useValue: changing },
      { provide: ConfiguredViews, useValue: views },
      { provide: ShowAccount, useValue: accountShower(views) },
      { provide: ReadStream, useValue: (streamId: string) => log.readStream(streamId) },
    ],
    readers: [
      configuredProjection(),
      whenSenderChangeReported({ changing, views, lookSoon }),
      whenAccountChangeReported({ changing, views }),
      whenSendingPaused({ changing, lookSoon }),
      whenAttentionNeeded({ changing }),
    ],
    background: [inStep, resealing({ pool, keys, alarms, logger })],
    fastify: (instance) => secretsRoutes(instance, { credentials, identitySecret: identitySecrets(pool, keys) }),
  };
}
