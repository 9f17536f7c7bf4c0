import { identitySecrets, type ServiceDefinition } from '@postrider/service-host';
import { AudienceErrorTable, AudienceMemberTable, AudienceTable } from './audience/audience.table';
import { sealedRows } from './audience/sealed-rows';
import { findContacts } from './audience/find-contacts';
import { CampaignTable, FigureTable, OccurrenceTable } from './campaign/campaign.table';
import { ShowCampaignsToken } from './campaign/tokens';
import { whenCampaignChanged } from './campaign/when-campaign-changed';
import type { AskDecisions, DecisionsAnswer } from './check-campaign/ask-decisions';
import { checkCampaign } from './check-campaign/check-campaign.handler';
import { CheckCampaignRoute, CheckCampaignToken, SendTestToken } from './check-campaign/check-campaign.route';
import { sendTest } from './check-campaign/send-test.handler';
import { JourneysConfig } from './config';
import { draftCampaign } from './draft-campaign/draft-campaign.handler';
import { DraftCampaignRoute, DraftCampaignToken } from './draft-campaign/draft-campaign.route';
import { steerCampaign } from './launch-campaign/steer-campaign.handler';
import { SteerCampaignRoute, SteerCampaignToken } from './launch-campaign/steer-campaign.route';
import { KnownChannelTable, KnownPolicyTable, KnownSenderTable, KnownTemplateTable } from './local-copies/known.table';
import { whenConfigurationChanged } from './local-copies/when-configuration-changed';
import { whenTemplateChanged } from './local-copies/when-template-changed';
import { Campaigns1767398400001 } from './migrations/1-campaigns.migration';
import { ContactAudiences1767398400002 } from './migrations/2-contact-audiences.migration';
import { EndedCampaigns1767398400003 } from './migrations/3-ended-campaigns.migration';
import { HeldUntil1767398400004 } from './migrations/4-held-until.migration';
import { CountedPeople1767398400005 } from './migrations/5-counted-people.migration';
import { EarlyStatusTable, RecipientTable } from './recipient/recipient.table';
import { heldOfPerson } from './recipient/held-of-person';
import { whenContactErased } from './recipient/when-contact-erased';
import { whenMessageChanged } from './recipient/when-message-changed';
import { whenStatusReported } from './recipient/when-status-reported';
import { forgetEndedInTime } from './run-campaigns/forget-ended';
import { runCampaigns } from './run-campaigns/run-campaigns';
import { showCampaigns } from './campaign/show-campaigns';
import { ShowCampaignsRoute } from './show-campaigns/show-campaigns.route';
import { showAudience } from './upload-audience/show-audience.handler';
import { uploadAudience } from './upload-audience/upload-audience.handler';
import { ShowAudienceToken, UploadAudienceRoute, UploadAudienceToken } from './upload-audience/upload-audience.route';

/** Decides who gets what when, and when to stop; what goes out, dispatch decides. */
export const journeys: ServiceDefinition<JourneysConfig> = {
  name: 'journeys',
  config: JourneysConfig,
  migrations: [
    Campaigns1767398400001,
    ContactAudiences1767398400002,
    EndedCampaigns1767398400003,
    HeldUntil1767398400004,
    CountedPeople1767398400005,
  ],
  entities: [
    KnownChannelTable,
    KnownSenderTable,
    KnownTemplateTable,
    KnownPolicyTable,
    CampaignTable,
    AudienceTable,
    AudienceMemberTable,
    AudienceErrorTable,
    OccurrenceTable,
    RecipientTable,
    EarlyStatusTable,
    FigureTable,
  ],
  compose(host) {
    const deps = {
      ...host,
      identitySecret: identitySecrets(host.internal),
      findContacts: findContacts(host.internal),
      rows: sealedRows(host.parts),
    };
    const askDecisions: AskDecisions = ({ workspaceId }, messages, before) =>
      host.internal
        .ask<DecisionsAnswer>('dispatch', '/internal/decisions', { workspaceId, messages, before })
        .catch((err: unknown) => {
          host.logger.warn(
            { err },
            'dispatch cannot be asked what it would decide; a check says that it does not know',
          );
          return undefined;
        });
    const running = runCampaigns({ ...deps, ...host.config });
    return {
      controllers: [
        DraftCampaignRoute,
        UploadAudienceRoute,
        CheckCampaignRoute,
        SteerCampaignRoute,
        ShowCampaignsRoute,
      ],
      providers: [
        { provide: ShowCampaignsToken, useValue: showCampaigns(host) },
        { provide: DraftCampaignToken, useValue: draftCampaign(host) },
        { provide: UploadAudienceToken, useValue: uploadAudience(deps) },
        { provide: ShowAudienceToken, useValue: showAudience(host) },
        { provide: CheckCampaignToken, useValue: checkCampaign({ ...deps, askDecisions }) },
        { provide: SendTestToken, useValue: sendTest(deps) },
        { provide: SteerCampaignToken, useValue: steerCampaign(deps) },
      ],
      readers: [
        whenConfigurationChanged(),
        whenTemplateChanged(),
        whenCampaignChanged(() => running.wake()),
        whenMessageChanged(() => running.wake()),
        whenStatusReported(() => running.wake()),
        whenContactErased(),
      ],
      held: heldOfPerson(deps),
      background: [running, forgetEndedInTime({ ...host, ...host.config })],
    };
  },
};
