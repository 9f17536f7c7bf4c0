import multipart from '@fastify/multipart';
import { identitySecrets, type ServiceDefinition } from '@postrider/service-host';
import { AnswerGivenTable } from './answer-people/answer-given.table';
import { whenAnswerDue } from './answer-people/when-answer-due';
import { CancelMessageRoute, CancelMessageToken } from './cancel-message/cancel-message.route';
import { cancelMessage } from './cancel-message/cancel-message.handler';
import { DispatchConfig } from './config';
import { AliasMoveTable, ConsentTable, ContactAliasTable, ContactTable } from './contact/contact.table';
import { whenContactChanged } from './contact/when-contact-changed';
import { DueTable } from './due/due.table';
import { freshRequests } from './due/fresh-requests';
import { dueFold, whenMessageChanged } from './due/when-message-changed';
import { findPeople } from './find-people/find-people.handler';
import { findPeopleForServices } from './find-people/find-people.route';
import { eraseContact } from './erase-contact/erase-contact.handler';
import { EraseContactRoute, EraseContactToken, ExportContactToken } from './erase-contact/erase-contact.route';
import { exportContact } from './erase-contact/export-contact.handler';
import { HaltedCampaignTable } from './halted-campaigns/halted-campaign.table';
import { whenCampaignHalted } from './halted-campaigns/when-campaign-halted';
import { copies as copiesOf } from './judging/copies';
import { whenConsentRevoked } from './judging/when-consent-revoked';
import { viewContact } from './contact/contact-view';
import { KeepMediaRoute, largestFile, MediaStoreToken } from './keep-media/keep-media.route';
import { keepContacts } from './keep-contacts/keep-contacts.handler';
import {
  KeepContactsRoute,
  KeepContactsToken,
  ViewContactToken,
  type ViewContact,
} from './keep-contacts/keep-contacts.route';
import { keepReplies } from './keep-replies/keep-replies.handler';
import { KeepRepliesRoute, KeepRepliesToken } from './keep-replies/keep-replies.route';
import { whenKeywordReceived } from './learn-people/when-keyword-received';
import { whenIdentityChanged } from './learn-people/when-identity-changed';
import { whenMessageReceived, whenPreferenceReported, whenStatusShown } from './learn-people/when-people-seen';
import { whenStatusReported } from './learn-statuses/when-status-reported';
import { InboundSecondTable } from './local-copies/inbound-second.table';
import { KnownAccountTable } from './local-copies/known-account.table';
import { KnownChannelTable } from './local-copies/known-channel.table';
import { KnownSenderTable } from './local-copies/known-sender.table';
import { LastWordTable } from './local-copies/last-word.table';
import { KnownTemplateTable } from './local-copies/known-template.table';
import { ServiceWindowTable } from './local-copies/service-window.table';
import { whenConfigurationChanged } from './local-copies/when-configuration-changed';
import { whenInboundCounted } from './local-copies/when-inbound-counted';
import { whenMessageReceived as whenLastWord } from './local-copies/when-message-received';
import { whenTemplateChanged } from './local-copies/when-template-changed';
import { whenWindowOpened } from './local-copies/when-window-opened';
import { mediaStore } from './media/media-store';
import { MediaAtMetaTable, MediaPieceTable, MediaTable } from './media/media.table';
import { sweepMedia } from './media/sweep-media';
import { consequences as consequencesOf } from './message/consequences';
import { Dispatch1767398400001 } from './migrations/1-dispatch.migration';
import { Answers1767398400003 } from './migrations/3-answers.migration';
import { Policies1767398400002 } from './migrations/2-policies.migration';
import { Campaigns1767398400004 } from './migrations/4-campaigns.migration';
import { FreeEntry1767398400008 } from './migrations/8-free-entry.migration';
import { Inbound1767398400006 } from './migrations/6-inbound.migration';
import { Media1767398400005 } from './migrations/5-media.migration';
import { HandedOn1767398400010 } from './migrations/10-handed-on.migration';
import { LastWords1767398400009 } from './migrations/9-last-words.migration';
import { ConsentImports1767398400007 } from './migrations/7-consent-imports.migration';
import { Spent1767398400011 } from './migrations/11-spent.migration';
import { Openings1767398400012 } from './migrations/12-openings.migration';
import { OpenedCountTable, OpenedTable } from './openings/opened.table';
import { Paces1767398400010 } from './migrations/10-paces.migration';
import { ContactTraitsTable, KnownPolicyTable, KnownPortfolioTable } from './policies/policies.table';
import { HeldBackTable, MarketingArrivalTable, SentTable } from './policies/sent.table';
import { drawTogether } from './policies/draw-together';
import { SpentTable } from './policies/spent.table';
import { forgetSentInTime } from './policies/forget-sent';
import { whenPolicyChanged } from './policies/when-policy-changed';
import { whenPriced } from './policies/when-priced';
import { whenMarketingArrived, whenSent } from './policies/when-sent';
import { whenTraitsChanged } from './policies/when-traits-changed';
import { ConsentImportErrorTable, ConsentImportTable } from './record-consent/consent-import.table';
import { importConsents } from './record-consent/import-consents.handler';
import { recordConsents } from './record-consent/record-consent.handler';
import {
  ImportConsentsToken,
  RecordConsentRoute,
  RecordConsentsToken,
  ShowImportsToken,
} from './record-consent/record-consent.route';
import { showImports } from './record-consent/show-imports.handler';
import { judgeAhead, judgeAudience, judgePart } from './request-message/judge-ahead.handler';
import {
  judgeAheadForServices,
  JudgeAheadRoute,
  JudgeAheadToken,
  JudgeAudienceToken,
} from './request-message/judge-ahead.route';
import { RequestMessageRoute, RequestMessagesToken } from './request-message/request-message.route';
import { requestMessages } from './request-message/request-messages.handler';
import { takeCommands } from './request-message/take-commands';
import { resolveMessages } from './resolve-message/resolve-message.handler';
import { ResolveMessageRoute, ResolveMessagesToken } from './resolve-message/resolve-message.route';
import { accounts as accountsOf } from './send-messages/accounts';
import { recorder as recorderOf } from './send-messages/recorder';
import { sendMessages } from './send-messages/send-messages';
import { SendingPauseTable } from './sending-scope/sending-pause.table';
import { whenCauseRemoved } from './sending-scope/when-cause-removed';
import { whenSendingPaused } from './sending-scope/when-sending-paused';
import { tendConversations } from './tend-conversations/tend-conversations.handler';
import { TendConversationsRoute, TendConversationsToken } from './tend-conversations/tend-conversations.route';

/** Decides whether, when and how each message leaves, and writes down what became of it. */
export const dispatch: ServiceDefinition<DispatchConfig> = {
  name: 'dispatch',
  config: DispatchConfig,
  migrations: [
    Dispatch1767398400001,
    Policies1767398400002,
    Answers1767398400003,
    Campaigns1767398400004,
    Media1767398400005,
    Inbound1767398400006,
    ConsentImports1767398400007,
    FreeEntry1767398400008,
    LastWords1767398400009,
    HandedOn1767398400010,
    Paces1767398400010,
    Spent1767398400011,
    Openings1767398400012,
  ],
  entities: [
    KnownAccountTable,
    KnownSenderTable,
    KnownChannelTable,
    KnownTemplateTable,
    ServiceWindowTable,
    InboundSecondTable,
    SendingPauseTable,
    ContactTable,
    ContactAliasTable,
    AliasMoveTable,
    ConsentTable,
    DueTable,
    KnownPolicyTable,
    KnownPortfolioTable,
    ContactTraitsTable,
    SentTable,
    SpentTable,
    OpenedTable,
    OpenedCountTable,
    HeldBackTable,
    MarketingArrivalTable,
    AnswerGivenTable,
    HaltedCampaignTable,
    MediaTable,
    MediaPieceTable,
    MediaAtMetaTable,
    LastWordTable,
    ConsentImportTable,
    ConsentImportErrorTable,
  ],
  compose(host) {
    const { config, log, readers, internal, logger } = host;
    const identitySecret = identitySecrets(internal);
    const copies = copiesOf(host.pool);
    const media = mediaStore(host);
    const deps = { ...host, copies, identitySecret, media };
    const consequences = consequencesOf(host);
    const accounts = accountsOf(internal, { allowedHosts: config.graphHosts, timeoutMs: config.sendTimeoutMs });
    const request = requestMessages(deps);
    const judge = judgeAhead(deps);
    const fresh = freshRequests(host.clock);
    const sending = sendMessages({
      ...deps,
      fresh,
      accounts,
      consequences,
      recorder: recorderOf(log, logger),
      patienceMs: config.patienceMs,
      leaseMs: config.senderLeaseMs,
      requestTimeoutMs: config.sendTimeoutMs,
      async dueAsOfNow() {
        const positions = (await host.log.heads()).map((position, shard) => ({ shard, position }));
        return () => readers.reached(dueFold, 'dispatch', positions, 1_000);
      },
    });
    const view: ViewContact = (workspaceId, contactId) => viewContact(host, workspaceId, contactId);
    return {
      controllers: [
        RequestMessageRoute,
        JudgeAheadRoute,
        CancelMessageRoute,
        ResolveMessageRoute,
        RecordConsentRoute,
        KeepContactsRoute,
        EraseContactRoute,
        KeepMediaRoute,
        TendConversationsRoute,
        KeepRepliesRoute,
      ],
      providers: [
        { provide: RequestMessagesToken, useValue: request },
        { provide: JudgeAheadToken, useValue: judge },
        { provide: JudgeAudienceToken, useValue: judgeAudience(deps) },
        { provide: CancelMessageToken, useValue: cancelMessage(host) },
        { provide: ResolveMessagesToken, useValue: resolveMessages(host) },
        { provide: RecordConsentsToken, useValue: recordConsents(deps) },
        { provide: ImportConsentsToken, useValue: importConsents(deps) },
        { provide: ShowImportsToken, useValue: showImports(host) },
        { provide: KeepContactsToken, useValue: keepContacts(deps) },
        { provide: ViewContactToken, useValue: view },
        { provide: EraseContactToken, useValue: eraseContact(host) },
        { provide: ExportContactToken, useValue: exportContact({ ...host, view }) },
        { provide: TendConversationsToken, useValue: tendConversations({ ...deps, accounts }) },
        { provide: KeepRepliesToken, useValue: keepReplies(host) },
        { provide: MediaStoreToken, useValue: media },
      ],
      readers: [
        whenConfigurationChanged(() => {
          accounts.forget();
          sending.wake();
        }),
        whenPolicyChanged(() => sending.wake()),
        whenTraitsChanged(),
        whenSent(),
        whenMarketingArrived(),
        whenPriced(copies.policies),
        whenTemplateChanged(),
        whenWindowOpened(),
        whenLastWord(),
        whenInboundCounted(),
        whenContactChanged(),
        whenMessageChanged(log, (senders) => sending.wake(senders), fresh),
        whenSendingPaused(),
        whenCauseRemoved(host),
        whenCampaignHalted(),
        whenStatusReported({ ...host, consequences }),
        whenMessageReceived(deps),
        whenPreferenceReported(deps),
        whenStatusShown(deps),
        whenIdentityChanged(deps),
        whenConsentRevoked(deps),
        whenKeywordReceived({ ...deps, policies: copies.policies }),
        whenAnswerDue({ ...deps, request }),
      ],
      background: [
        sending,
        takeCommands({ ...host, request }),
        sweepMedia(media),
        forgetSentInTime(host),
        drawTogether(host),
      ],
      fastify: async (instance) => {
        judgeAheadForServices(instance, judgePart(deps));
        findPeopleForServices(instance, findPeople(host));
        await instance.register(multipart, { limits: { files: 1, fileSize: largestFile + 1, fields: 0 } });
      },
    };
  },
};
