import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { RecordedEvent } from '@postrider/event-contracts';
import {
  CallerParam,
  Describe,
  pageOf,
  pageQuery,
  QueryOf,
  readCursor,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import { z } from 'zod';
import { showHistory, showTemplate, showWithFindings } from '../views/shown';
import { TemplateNamed } from '../views/template-named';
import { TemplateViews } from '../views/templates';

const Query = pageQuery.extend({
  state: z.enum(['draft', 'submitted', 'approved', 'rejected', 'paused', 'disabled', 'deleted']).optional(),
  name: z.string().max(512).optional(),
  language: z.string().max(15).optional(),
  businessAccountId: z.uuid().optional(),
  /** One entry per name, with its languages. */
  groupBy: z.literal('name').optional(),
});
const Cursor = z.tuple([z.number().int()]);

/** The events of one stream, in order: the history of what is shown. */
export const ReadStream = Symbol('ReadStream');
export type ReadStream = (streamId: string) => Promise<RecordedEvent[]>;

@Controller('v1/templates')
@RequireScope('read')
export class ShowTemplatesRoute {
  constructor(
    @Inject(TemplateViews) private readonly views: TemplateViews,
    @Inject(TemplateNamed) private readonly named: TemplateNamed,
    @Inject(ReadStream) private readonly readStream: ReadStream,
  ) {}

  @Get()
  @Describe({ summary: 'The templates; deleted ones only where asked for by state' })
  async list(@CallerParam() caller: Caller, @QueryOf(Query) query: z.infer<typeof Query>): Promise<unknown> {
    const { after, limit, groupBy, ...filter } = query;
    const from = after === undefined ? undefined : readCursor(Cursor, after)[0];
    if (groupBy !== undefined) {
      const groups = await this.views.groups(caller.workspaceId, filter, { after: from, limit });
      return pageOf(groups, limit, { row: ({ seq: _, ...group }) => group, cursor: ({ seq }) => [seq] });
    }
    const rows = await this.views.list(caller.workspaceId, filter, { after: from, limit });
    return pageOf(rows, limit, { row: showTemplate, cursor: (row) => [row.seq] });
  }

  @Get(':id')
  @Describe({ summary: 'One template with its state, category, quality, findings and history' })
  async one(@CallerParam() caller: Caller, @Param('id') id: string): Promise<unknown> {
    const row = await this.named(caller, id);
    return { ...showWithFindings(row), history: showHistory(await this.readStream(row.id)) };
  }
}
