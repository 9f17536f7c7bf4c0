import { isRefusal } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import type { CommandsPort } from '@postrider/messaging';
import { Problem, problemOf, type Caller } from '@postrider/service-host';
import type { Pool } from 'pg';
import { nameMember } from '../audience/person';
import { loadCampaign } from '../campaign/change-campaign';
import { languageFor } from '../planning/design-in-use';
import { originHeader, originOf } from '../recipient/command-key';
import { designNow } from '../run-campaigns/campaign-at-work';

export interface SendTestDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly commands: CommandsPort;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export interface TestOf {
  readonly to: readonly ({ phone: string } | { userId: string })[];
  /** Stands for a row of the audience. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly variant?: string | undefined;
}

export type SendTest = ReturnType<typeof sendTest>;

/** Sends the design to named people, marked as a test, so that no figure counts it. */
export function sendTest(deps: SendTestDeps) {
  return async (caller: Caller, campaignId: string, id: string, test: TestOf): Promise<{ sent: number }> => {
    const state = await loadCampaign(deps, caller, campaignId);
    const inUse = await designNow(deps.pool, { workspaceId: caller.workspaceId, state }, Object.keys(test.data ?? {}));
    if (isRefusal(inUse)) throw problemOf(inUse);
    const arm = test.variant === undefined ? [...inUse.arms.values()][0] : inUse.arms.get(test.variant);
    if (!arm) throw wrong('variant', 'is not one of the experiment');
    const row = test.data ?? {};
    const template = languageFor(arm, row, inUse.channel.locale);
    const filled = arm.personaliser.fill(row);
    if (!filled.ok) throw wrong(`data`, `${filled.variable}: ${filled.because}`);
    if (!template) throw new Problem('template-not-approved', 'There is no approved template in the language.');
    const secret = await deps.identitySecret(caller.workspaceId);
    const named = test.to.map((to, index) => {
      const member = nameMember(secret, to);
      if (!member) throw wrong(`to.${index}.phone`, 'is not a possible phone number');
      return member;
    });
    const variables = Object.keys(filled.values).length === 0 ? {} : { variables: filled.values };
    await Promise.all(
      named.map(({ to, personKey }, index) =>
        deps.commands.publish({
          workspaceId: caller.workspaceId,
          idempotencyKey: `campaign-test/${id}/${index}`,
          key: personKey,
          headers: { [originHeader]: originOf(campaignId) },
          value: {
            channel: inUse.channel.channelId,
            to,
            template: { name: arm.template.name, language: template.language, ...variables },
            test: true,
          },
        }),
      ),
    );
    return { sent: named.length };
  };
}

const wrong = (path: string, message: string): Problem =>
  new Problem('malformed', `The test cannot be sent: ${path} ${message}.`, { errors: [{ path, message }] });
