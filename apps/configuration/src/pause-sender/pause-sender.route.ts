import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { isRefusal } from '@postrider/decider';
import {
  askedBy,
  BodyOf,
  type Caller,
  CallerParam,
  Changing,
  Describe,
  parseId,
  Problem,
  problemOf,
  RequireScope,
} from '@postrider/service-host';
import { z } from 'zod';
import { Because } from '../fields';
import { pauseSender, resumeSender, sender, type SenderState } from '../sender/sender.decider';
import { ConfiguredViews } from '../views/configured';
import { showSender } from '../views/shown';

const Body = z
  .strictObject({ because: Because.default('An operator paused it.') })
  .default({ because: 'An operator paused it.' });

@Controller('v1/senders')
@RequireScope('configure')
export class PauseSenderRoute {
  constructor(
    @Inject(Changing) private readonly changing: Changing,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
  ) {}

  @Post(':id/pause')
  @HttpCode(200)
  @Describe({ summary: 'Stops sending from a number until it is resumed' })
  pause(@CallerParam() caller: Caller, @Param('id') raw: string, @BodyOf(Body) body: z.infer<typeof Body>) {
    return this.change(caller, raw, (state) => pauseSender(body, state));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Describe({ summary: 'Lets a paused number send again' })
  resume(@CallerParam() caller: Caller, @Param('id') raw: string) {
    return this.change(caller, raw, (state) => resumeSender({}, state));
  }

  private async change(caller: Caller, raw: string, decide: (state: SenderState) => ReturnType<typeof pauseSender>) {
    const id = parseId(raw, 'sender');
    if (!(await this.views.one('sender', caller.workspaceId, id))) {
      throw new Problem('not-found', 'There is no sender with this id.');
    }
    const changed = await this.changing.change(askedBy(caller), id, sender, decide);
    if (isRefusal(changed)) throw problemOf(changed);
    await this.changing.shown([changed]);
    const row = await this.views.one('sender', caller.workspaceId, id);
    return row && showSender(this.views, row);
  }
}
