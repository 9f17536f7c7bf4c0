import { isRefusal } from '@postrider/decider';
import type { CampaignDesign } from '@postrider/event-contracts';
import { v7 } from 'uuid';
import type { ChannelView, TemplateView } from '../local-copies/known-channels';
import { countPeople } from '../run-campaigns/count-people';
import { occurrenceAt, planNext, type PlanDeps } from '../run-campaigns/plan-recipients';
import { readCsv } from '@postrider/service-host';
import { takeRows } from '../upload-audience/take-rows';
import { useDesign } from './design-in-use';

export interface ToPlan {
  readonly workspaceId: string;
  readonly identitySecret: Uint8Array;
  readonly design: CampaignDesign;
  readonly channel: ChannelView;
  readonly templates: readonly TemplateView[];
  readonly csv: AsyncIterable<Buffer>;
}

/**
 * From a CSV to frozen recipients, with the very functions that uploads and launches use; for measuring how fast that
 * is. Needs the service's schema, and a log of its own.
 */
export async function planFromCsv(
  deps: PlanDeps,
  given: ToPlan,
): Promise<{ people: number; uploadMs: number; planMs: number }> {
  const { workspaceId, identitySecret, design, channel, templates, csv } = given;
  const [audienceId, campaignId, occurrence] = [v7(), v7(), 1];
  const inUse = useDesign(design, channel, templates);
  if (isRefusal(inUse)) throw new Error(inUse.because);
  const begun = performance.now();
  const list = { workspaceId, campaignId, audienceId, identitySecret };
  const { people } = await takeRows(deps, list, (onColumns) => readCsv(csv, onColumns));
  const uploaded = performance.now();
  const now = deps.clock.now();
  const context = { ...{ workspaceId, audienceId, campaignId, occurrence, design, inUse, now }, rates: undefined };
  await occurrenceAt(deps.pool, campaignId, occurrence);
  await countPeople(deps.pool, context);
  for (;;) {
    const at = await occurrenceAt(deps.pool, campaignId, occurrence);
    if (at.planned) break;
    await planNext(deps, context, at);
  }
  return { people, uploadMs: uploaded - begun, planMs: performance.now() - uploaded };
}
