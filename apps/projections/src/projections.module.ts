import type { ServiceDefinition } from '@postrider/service-host';
import { ProjectionsConfig } from './config';
import { countDecisions } from './decision-figures/count-decisions';
import { DecisionFigureTable } from './decision-figures/decision-figure.table';
import { countDeliveries } from './delivery-figures/count-deliveries';
import { DeliveryFigureTable } from './delivery-figures/delivery-figure.table';
import { messages } from './message/messages.projection';
import { MessageTable, StrayStatusTable } from './message/message.table';
import { CreateMessages1763769620001 } from './migrations/1-messages.migration';
import { ReportDecisions, reportDecisions } from './report-decisions/report-decisions.handler';
import { ReportDecisionsRoute } from './report-decisions/report-decisions.route';
import { ReportDelivery, reportDelivery } from './report-delivery/report-delivery.handler';
import { ReportDeliveryRoute } from './report-delivery/report-delivery.route';
import { ListMessages, listMessages } from './show-messages/list-messages.handler';
import { ShowMessage, showMessage } from './show-messages/show-message.handler';
import { ShowMessagesRoute } from './show-messages/show-messages.route';

export const projections: ServiceDefinition<ProjectionsConfig> = {
  name: 'projections',
  config: ProjectionsConfig,
  migrations: [CreateMessages1763769620001],
  entities: [MessageTable, StrayStatusTable, DeliveryFigureTable, DecisionFigureTable],
  compose({ pool, internal }) {
    return {
      controllers: [ShowMessagesRoute, ReportDeliveryRoute, ReportDecisionsRoute],
      providers: [
        { provide: ShowMessage, useValue: showMessage({ pool, internal }) },
        { provide: ListMessages, useValue: listMessages({ pool }) },
        { provide: ReportDelivery, useValue: reportDelivery({ pool }) },
        { provide: ReportDecisions, useValue: reportDecisions({ pool }) },
      ],
      readers: [messages([countDeliveries(), countDecisions()])],
    };
  },
};
