import { Controller, Get, Headers, HttpCode, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import {
  answer,
  askedBy,
  BodyOf,
  type Caller,
  CallerParam,
  Describe,
  Idempotent,
  pageQuery,
  parseId,
  Problem,
  QueryOf,
  RequireScope,
} from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ChannelBody, ChannelPatch } from '../channel/channel-body';
import { Because } from '../fields';
import { ConfiguredViews } from '../views/configured';
import { pageThrough } from '../views/page-through';
import { showChannel } from '../views/shown';
import { KeepChannels } from './keep-channels.handler';

const said = 'An operator suspended it.';
const SuspendBody = z.strictObject({ because: Because.default(said) }).default({ because: said });

@Controller('v1/channels')
export class ChannelsRoute {
  constructor(
    @Inject(KeepChannels) private readonly channels: KeepChannels,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @RequireScope('configure')
  @Describe({ summary: 'Drafts a channel', idempotent: true })
  async post(
    @CallerParam() caller: Caller,
    @BodyOf(ChannelBody) body: z.infer<typeof ChannelBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const kept = await this.idempotent(caller, 'channels', key, body, async (requestId) => {
      const id = await this.channels.draft(body, askedBy(caller, requestId));
      return { status: 201, body: await this.one(caller, id) };
    });
    return answer(reply, kept);
  }

  @Get()
  @RequireScope('read')
  @Describe({ summary: 'The channels' })
  list(@CallerParam() caller: Caller, @QueryOf(pageQuery) query: z.infer<typeof pageQuery>): Promise<unknown> {
    return pageThrough(this.views, 'channel', caller.workspaceId, query, (row) => showChannel(this.views, row));
  }

  @Get(':id')
  @RequireScope('read')
  @Describe({ summary: 'One channel, with what stands against it being active' })
  async one(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const row = await this.views.one('channel', caller.workspaceId, parseId(raw, 'channel'));
    if (!row) throw new Problem('not-found', 'There is no channel with this id.');
    return showChannel(this.views, row);
  }

  @Patch(':id')
  @RequireScope('configure')
  @Describe({ summary: 'Changes settings: absent means unchanged, null means removed' })
  async patch(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(ChannelPatch) body: z.infer<typeof ChannelPatch>,
  ): Promise<unknown> {
    const id = parseId(raw, 'channel');
    await this.channels.change(id, body, askedBy(caller));
    return this.one(caller, id);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @RequireScope('configure')
  @Describe({ summary: 'Lets messages through; 422 with the reasons while something stands against it' })
  async activate(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const id = parseId(raw, 'channel');
    await this.channels.activate(id, askedBy(caller));
    return this.one(caller, id);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @RequireScope('configure')
  @Describe({ summary: 'Lets nothing through until it is activated again' })
  async suspend(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(SuspendBody) body: z.infer<typeof SuspendBody>,
  ): Promise<unknown> {
    const id = parseId(raw, 'channel');
    await this.channels.suspend(id, body.because, askedBy(caller));
    return this.one(caller, id);
  }
}
