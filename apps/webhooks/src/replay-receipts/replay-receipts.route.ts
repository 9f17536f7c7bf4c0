import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { BodyOf, CallerParam, Describe, parseId, Problem, RequireScope, type Caller } from '@postrider/service-host';
import { ReplayBody, ReplayReceipts } from './replay-receipts.handler';

@Controller('v1/receipts/replay')
@RequireScope('operate')
export class ReplayReceiptsRoute {
  constructor(@Inject(ReplayReceipts) private readonly replays: ReplayReceipts) {}

  @Post()
  @HttpCode(202)
  @Describe({ summary: 'Makes facts of stored deliveries once more; those that are known stay as they are' })
  ask(@CallerParam() caller: Caller, @BodyOf(ReplayBody) body: ReplayBody): Promise<unknown> {
    return this.replays.ask(body, caller.workspaceId);
  }

  @Get(':id')
  @Describe({ summary: 'Shows how far a replay has come' })
  async show(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const replay = await this.replays.show(parseId(raw, 'replay'), caller.workspaceId);
    if (replay === undefined) throw new Problem('not-found', 'There is no replay with this id.');
    return replay;
  }
}
