import type { ServiceDefinition } from '@postrider/service-host';
import { announceMessages } from './changes/announce-messages';
import { ProjectionsConfig } from './config';
import { countDecisions } from './decision-figures/count-decisions';
import { DecisionFigureTable } from './decision-figures/decision-figure.table';
import { countDeliveries } from './delivery-figures/count-deliveries';
import { DeliveryFigureTable } from './delivery-figures/delivery-figure.table';
import { heldOfPerson } from './held-of-person';
import { messages } from './message/messages.projection';
import { MessageTable, StrayStatusTable } from './message/message.table';
import { alarms } from './alarm/alarm.projection';
import { AlarmTable } from './alarm/alarm.table';
import { ConversationTable, TranscriptMediaTable, TranscriptTable } from './conversation/conversation.table';
import {
  AliasChangeTable,
  AliasSightingTable,
  ConversationAliasTable,
  ConversationPartTable,
  ConversationRequestTable,
} from './conversation/identity.table';
import { conversations } from './conversation/conversations.projection';
import { CreateMessages1763769620001 } from './migrations/1-messages.migration';
import { CreateConversations1763769620002 } from './migrations/2-conversations.migration';
import { CreateAlarms1763769620003 } from './migrations/3-alarms.migration';
import { CreateChanges1763769620004 } from './migrations/4-changes.migration';
import { CreateHealth1763769620005 } from './migrations/5-health.migration';
import { CreateTranscriptMedia1763769620006 } from './migrations/6-transcript-media.migration';
import { CreateConversationPeople1763769620007 } from './migrations/7-conversation-people.migration';
import { CreateTemplateResponses1763769620008 } from './migrations/8-template-responses.migration';
import { SealedParts1763769620009 } from './migrations/9-sealed-parts.migration';
import { DecisionApart1763769620010 } from './migrations/10-decision-apart.migration';
import { Handovers1763769620011 } from './migrations/11-handovers.migration';
import { watchMissingStatuses } from './missing-statuses/watch-missing-statuses';
import { SenderHealthTable, TemplateCatalogueTable } from './observed/observed.table';
import { personalReader } from './read-personal';
import { ReportDecisions, reportDecisions } from './report-decisions/report-decisions.handler';
import { ReportDecisionsRoute } from './report-decisions/report-decisions.route';
import { ReportDelivery, reportDelivery } from './report-delivery/report-delivery.handler';
import { ReportDeliveryRoute } from './report-delivery/report-delivery.route';
import { ReportSenders, reportSenders } from './report-senders/report-senders.handler';
import { ReportSendersRoute } from './report-senders/report-senders.route';
import { ReportTemplates, reportTemplates } from './report-templates/report-templates.handler';
import { ReportTemplatesRoute } from './report-templates/report-templates.route';
import { forgetTraffic } from './sender-health/forget-traffic';
import { senderHealth } from './sender-health/sender-health.projection';
import { senderTraffics } from './sender-health/sender-traffic.projection';
import { SenderTrafficTable } from './sender-health/sender-traffic.table';
import { ShowAlarms, showAlarms } from './show-alarms/show-alarms.handler';
import { ShowAlarmsRoute } from './show-alarms/show-alarms.route';
import { ShowConversations, showConversations } from './show-conversations/show-conversations.handler';
import { ShowConversationsRoute } from './show-conversations/show-conversations.route';
import { ListMessages, listMessages } from './show-messages/list-messages.handler';
import { ShowMessage, showMessage } from './show-messages/show-message.handler';
import { ShowMessagesRoute } from './show-messages/show-messages.route';
import { ShowReadings, showReadings } from './show-readings/show-readings.handler';
import { ShowReadingsRoute } from './show-readings/show-readings.route';
import { ShowStreams, showStreams } from './show-streams/show-streams.handler';
import { ShowStreamsRoute } from './show-streams/show-streams.route';

import { ChangeFeed, changeFeed } from './stream-changes/change-feed';
import { StreamChangesRoute } from './stream-changes/stream-changes.route';
import { templateCatalogue } from './template-catalogue/template-catalogue.projection';
import { TemplateResponseTable } from './template-responses/template-response.table';
import { templateResponses } from './template-responses/template-responses.projection';

export const projections: ServiceDefinition<ProjectionsConfig> = {
  name: 'projections',
  config: ProjectionsConfig,
  migrations: [
    CreateMessages1763769620001,
    CreateConversations1763769620002,
    CreateAlarms1763769620003,
    CreateChanges1763769620004,
    CreateHealth1763769620005,
    CreateTranscriptMedia1763769620006,
    CreateConversationPeople1763769620007,
    CreateTemplateResponses1763769620008,
    SealedParts1763769620009,
    DecisionApart1763769620010,
    Handovers1763769620011,
  ],
  entities: [
    MessageTable,
    StrayStatusTable,
    DeliveryFigureTable,
    DecisionFigureTable,
    ConversationTable,
    TranscriptTable,
    TranscriptMediaTable,
    ConversationAliasTable,
    AliasSightingTable,
    AliasChangeTable,
    ConversationPartTable,
    ConversationRequestTable,
    AlarmTable,
    SenderHealthTable,
    TemplateCatalogueTable,
    TemplateResponseTable,
    SenderTrafficTable,
  ],
  compose({ pool, internal, clock, logger, readers, openEvents }) {
    const personal = personalReader(openEvents);
    const list = listMessages({ pool, personal });
    const talks = showConversations({ pool, clock, personal });
    const feed = changeFeed({ pool, logger });
    const missing = watchMissingStatuses({ pool, clock, readers });
    return {
      controllers: [
        ShowMessagesRoute,
        ShowConversationsRoute,
        ReportDeliveryRoute,
        ReportDecisionsRoute,
        ReportSendersRoute,
        ReportTemplatesRoute,
        ShowAlarmsRoute,
        ShowStreamsRoute,
        ShowReadingsRoute,
        StreamChangesRoute,
      ],
      providers: [
        { provide: ShowMessage, useValue: showMessage({ pool, internal, personal }) },
        { provide: ListMessages, useValue: list },
        { provide: ShowConversations, useValue: talks },
        { provide: ShowAlarms, useValue: showAlarms({ pool }) },
        { provide: ReportSenders, useValue: reportSenders({ pool, clock }) },
        { provide: ReportTemplates, useValue: reportTemplates({ pool }) },
        { provide: ChangeFeed, useValue: feed },
        { provide: ShowStreams, useValue: showStreams({ internal }) },
        { provide: ShowReadings, useValue: showReadings({ internal }) },
        { provide: ReportDelivery, useValue: reportDelivery({ pool }) },
        { provide: ReportDecisions, useValue: reportDecisions({ pool }) },
      ],
      readers: [
        messages([countDeliveries(), countDecisions(), announceMessages()]),
        conversations(),
        alarms(),
        senderHealth(),
        senderTraffics(),
        templateCatalogue(),
        templateResponses(),
      ],
      held: heldOfPerson({ pool, list, conversations: talks }),
      background: [feed.worker, missing.worker, forgetTraffic({ pool, clock })],
    };
  },
};
