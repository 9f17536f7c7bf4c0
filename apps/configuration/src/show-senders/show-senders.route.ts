import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { RecordedEvent } from '@postrider/event-contracts';
import {
  CallerParam,
  Describe,
  pageQuery,
  parseId,
  Problem,
  QueryOf,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import type { z } from 'zod';
import { ConfiguredViews } from '../views/configured';
import { pageThrough } from '../views/page-through';
import { showSender } from '../views/shown';

/** The events of one stream, in order: the history of what is shown. */
export const ReadStream = Symbol('ReadStream');
export type ReadStream = (streamId: string) => Promise<RecordedEvent[]>;

@Controller('v1/senders')
@RequireScope('read')
export class ShowSendersRoute {
  constructor(
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
    @Inject(ReadStream) private readonly readStream: ReadStream,
  ) {}

  @Get()
  @Describe({ summary: 'The phone numbers of the connected accounts' })
  list(@CallerParam() caller: Caller, @QueryOf(pageQuery) query: z.infer<typeof pageQuery>): Promise<unknown> {
    return pageThrough(this.views, 'sender', caller.workspaceId, query, (row) => showSender(this.views, row));
  }

  @Get(':id')
  @Describe({ summary: 'One phone number with the history of its status, quality and throughput' })
  async one(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const row = await this.views.one('sender', caller.workspaceId, parseId(raw, 'sender'));
    if (!row) throw new Problem('not-found', 'There is no sender with this id.');
    const history = (await this.readStream(row.id)).map(({ type, at, data }) => ({ type, at, ...(data as object) }));
    return { ...(await showSender(this.views, row)), history };
  }
}
