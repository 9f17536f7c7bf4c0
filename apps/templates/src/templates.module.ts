import {
  changing as changingOf,
  type ServiceDefinition,
  type ServiceHost,
  type ServiceParts,
} from '@postrider/service-host';
import { whenAttentionNeeded } from './alarm/when-attention-needed';
import { Config } from './config';
import { keepInStep } from './keep-in-step/keep-in-step';
import { syncAccount as syncAccountOf } from './keep-in-step/sync-account';
import { SyncAccountToken, SyncRoute } from './keep-in-step/sync.route';
import { whenBusinessAccountConnected } from './keep-in-step/when-business-account-connected';
import { whenSendingPaused } from './keep-in-step/when-sending-paused';
import { whenTemplateChangeReported } from './keep-in-step/when-template-change-reported';
import { Template1767312000001 } from './migrations/1-template.migration';
import { Account1767312000002 } from './migrations/2-account.migration';
import { DuplicateTemplateRoute } from './duplicate-template/duplicate-template.route';
import { MeasureDeps, MeasureTemplateRoute } from './measure-template/measure-template.route';
import { draftTemplate, DraftTemplate } from './recording/draft-template';
import { uploadSamplesRoute } from './upload-samples/upload-samples.route';
import { PreviewTemplateRoute } from './preview-template/preview-template.route';
import { metaOfAccount } from './recording/meta-of-account';
import { ReadStream, ShowTemplatesRoute } from './show-templates/show-templates.route';
import { submitTemplate, SubmitTemplate } from './submit-template/submit-template.handler';
import { SubmitTemplateRoute } from './submit-template/submit-template.route';
import { unpauseTemplate, UnpauseTemplate } from './unpause-template/unpause-template.handler';
import { UnpauseTemplateRoute } from './unpause-template/unpause-template.route';
import { AccountTable } from './views/account.table';
import { accountsProjection } from './views/accounts.projection';
import { knownAccount as knownAccountOf, KnownAccount } from './views/known-account';
import { templateNamed, TemplateNamed } from './views/template-named';
import { TemplateTable } from './views/template.table';
import { templatesProjection, templatesReader } from './views/templates.projection';
import { templateViews, TemplateViews } from './views/templates';
import { writeTemplates, WriteTemplates } from './write-templates/write-templates.handler';
import { WriteTemplatesRoute } from './write-templates/write-templates.route';

/** The service that looks after templates: written here, reviewed at Meta, kept in step. */
export const templates: ServiceDefinition<Config> = {
  name: 'templates',
  config: Config,
  migrations: [Template1767312000001, Account1767312000002],
  entities: [TemplateTable, AccountTable],
  compose,
};

function compose(host: ServiceHost<Config>): ServiceParts {
  const { pool, clock, config, log, logger, leases, readers, internal } = host;
  const changing = changingOf({ service: 'templates', log, clock, readers, shownBy: templatesReader });
  const views = templateViews(pool);
  const metaOf = metaOfAccount({ internal, graphHosts: config.graphHosts });
  const knownAccount = knownAccountOf({ views, readers });
  const syncAccount = syncAccountOf({ changing, views, metaOf, clock });
  const readStream: ReadStream = (streamId) => log.readStream(streamId);
  const known = async (templateId: string): Promise<boolean> => (await readStream(templateId)).length > 0;
  return {
    controllers: [
      SyncRoute,
      WriteTemplatesRoute,
      DuplicateTemplateRoute,
      SubmitTemplateRoute,
      UnpauseTemplateRoute,
      ShowTemplatesRoute,
      PreviewTemplateRoute,
      MeasureTemplateRoute,
    ],
    providers: [
      { provide: WriteTemplates, useValue: writeTemplates({ changing, metaOf }) },
      { provide: DraftTemplate, useValue: draftTemplate({ changing, knownAccount }) },
      { provide: MeasureDeps, useValue: { metaOf, clock } },
      { provide: SubmitTemplate, useValue: submitTemplate({ changing, metaOf, clock }) },
      { provide: UnpauseTemplate, useValue: unpauseTemplate({ changing, metaOf, clock }) },
      { provide: SyncAccountToken, useValue: syncAccount },
      { provide: KnownAccount, useValue: knownAccount },
      { provide: TemplateNamed, useValue: templateNamed(views) },
      { provide: TemplateViews, useValue: views },
      { provide: ReadStream, useValue: readStream },
    ],
    readers: [
      accountsProjection(),
      templatesProjection(),
      whenBusinessAccountConnected({ syncAccount }),
      whenTemplateChangeReported({ changing, views, metaOf, known }),
      whenSendingPaused({ changing, metaOf, clock, readStream }),
      whenAttentionNeeded({ changing, readStream }),
    ],
    fastify: (instance) => uploadSamplesRoute(instance, { knownAccount, metaOf }),
    background: [keepInStep({ views, syncAccount, leases, logger, everyMs: config.syncEveryMs })],
  };
}
