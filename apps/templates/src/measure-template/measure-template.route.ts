import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Clock } from '@postrider/decider';
import { BodyOf, CallerParam, Describe, Problem, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import { refusedByMeta } from '../meta/refused-by-meta';
import type { TemplatesAtMeta } from '../meta/templates-at-meta';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { KnownAccount } from '../views/known-account';
import { TemplateNamed } from '../views/template-named';

const dayMs = 86_400_000;
/** Meta looks back this far. */
const daysMax = 90;

const Query = z.strictObject({ days: z.coerce.number().int().min(1).max(daysMax).default(30) });
const Body = z.strictObject({ businessAccountId: z.uuid() });

export const MeasureDeps = Symbol('MeasureDeps');
export interface MeasureDeps {
  readonly metaOf: MetaOfAccount;
  readonly clock: Clock;
}

/** Meta's own counts of a template. What our events tell of it is asked of the delivery report. */
@Controller('v1/templates')
export class MeasureTemplateRoute {
  constructor(
    @Inject(MeasureDeps) private readonly deps: MeasureDeps,
    @Inject(TemplateNamed) private readonly named: TemplateNamed,
    @Inject(KnownAccount) private readonly knownAccount: KnownAccount,
  ) {}

  @Get(':id/analytics')
  @RequireScope('read')
  @Describe({ summary: "Meta's counts of a template by day; 422 where Meta does not allow insights", query: Query })
  async get(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @QueryOf(Query) { days }: z.infer<typeof Query>,
  ): Promise<unknown> {
    const { shown } = await this.named(caller, id);
    if (shown.metaTemplateId === undefined) {
      throw new Problem('conflict', 'Meta does not know the template yet: submit it first.');
    }
    const to = this.deps.clock.now();
    const from = new Date(to.getTime() - days * dayMs);
    const meta = await this.metaOf(shown.accountId);
    const data = await meta.counts(shown.metaTemplateId, { from, to }).catch(refusedByMeta);
    return { source: 'meta', from, to, data };
  }

  @Post('insights')
  @HttpCode(200)
  @RequireScope('configure')
  @Describe({ summary: "Has Meta count an account's templates from now on; Meta has no way back" })
  async enable(@CallerParam() caller: Caller, @BodyOf(Body) body: z.infer<typeof Body>): Promise<unknown> {
    const { id } = await this.knownAccount(caller.workspaceId, body.businessAccountId);
    const meta = await this.metaOf(id);
    await meta.enableInsights().catch(refusedByMeta);
    return { businessAccountId: id, insights: true };
  }

  private async metaOf(accountId: string): Promise<TemplatesAtMeta> {
    const meta = await this.deps.metaOf(accountId);
    if (meta) return meta;
    throw new Problem('conflict', 'The business account is not connected any more.');
  }
}
