import { Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { isRefusal, type Clock } from '@postrider/decider';
import {
  askedBy,
  BodyOf,
  type By,
  type Caller,
  CallerParam,
  type Changing,
  Describe,
  parseId,
  Problem,
  problemOf,
  RequireScope,
} from '@postrider/service-host';
import { z } from 'zod';
import { businessAccount, confirmReadiness, type ReadinessClaim } from '../business-account/business-account.decider';
import { readinessItems } from '../business-account/readiness';
import { ConfiguredViews } from '../views/configured';
import { showReadiness } from '../views/shown';

const Claim = z.strictObject({
  confirmed: z.boolean(),
  by: z.string().trim().min(1).max(200).optional(),
  note: z.string().trim().min(1).max(500).optional(),
});
const Body = z.strictObject(Object.fromEntries(readinessItems.map((item) => [item, Claim.optional()])));

/** Writes down what somebody confirmed or withdrew. */
export function readinessConfirmer({ changing, clock }: { changing: Changing; clock: Clock }) {
  return async (accountId: string, confirmed: Record<string, ReadinessClaim>, by: By) => {
    const changed = await changing.change(by, accountId, businessAccount, (state) =>
      confirmReadiness({ confirmed, by: by.actor, now: clock.now() }, state),
    );
    if (!isRefusal(changed)) await changing.shown([changed]);
    return changed;
  };
}
export const ConfirmReadiness = Symbol('ConfirmReadiness');
export type ConfirmReadiness = ReturnType<typeof readinessConfirmer>;

@Controller('v1/business-accounts')
export class ReadinessRoute {
  constructor(
    @Inject(ConfirmReadiness) private readonly confirm: ConfirmReadiness,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
  ) {}

  @Get(':id/readiness')
  @RequireScope('read')
  @Describe({ summary: 'What no call to Meta can check, who confirmed it, and what is missing' })
  async get(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const row = await this.views.one('business-account', caller.workspaceId, parseId(raw, 'business account'));
    if (!row) throw new Problem('not-found', 'There is no business account with this id.');
    return showReadiness(row);
  }

  @Put(':id/readiness')
  @RequireScope('configure')
  @Describe({ summary: 'Confirms or withdraws items of the readiness list; items not named stay as they are' })
  async put(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(Body) body: Record<string, ReadinessClaim>,
  ): Promise<unknown> {
    const id = parseId(raw, 'business account');
    const row = await this.views.one('business-account', caller.workspaceId, id);
    if (!row) throw new Problem('not-found', 'There is no business account with this id.');
    const confirmed = await this.confirm(id, body, askedBy(caller));
    if (isRefusal(confirmed)) throw problemOf(confirmed);
    return this.get(caller, id);
  }
}
