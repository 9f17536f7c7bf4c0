import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { defaultPolicies, isPolicyName, policySchemas, type PolicyName } from '@postrider/compliance';
import { isRefusal } from '@postrider/decider';
import { derivedId } from '@postrider/keys';
import {
  askedBy,
  type Caller,
  CallerParam,
  Changing,
  Describe,
  parseBody,
  Problem,
  problemOf,
  RequireScope,
} from '@postrider/service-host';
import { policy, putPolicy } from '../policy/policy.decider';
import { ConfiguredViews } from '../views/configured';

@Controller('v1/policies')
export class PoliciesRoute {
  constructor(
    @Inject(Changing) private readonly changing: Changing,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
  ) {}

  @Get(':name')
  @RequireScope('read')
  @Describe({ summary: 'A policy and its version, beside what holds while nothing was put (version 0)' })
  async get(@CallerParam() caller: Caller, @Param('name') raw: string): Promise<unknown> {
    const name = known(raw);
    const row = await this.views.one('policy', caller.workspaceId, derivedId.policy(caller.workspaceId, name));
    const defaults = defaultPolicies[name];
    if (!row) return { name, version: 0, policy: defaults, defaults };
    return { name, version: row.state.policyVersion, policy: row.state.policy, defaults, changedAt: row.changedAt };
  }

  @Put(':name')
  @RequireScope('configure')
  @Describe({ summary: 'Says what a policy is from now on; the next send obeys it' })
  async put(@CallerParam() caller: Caller, @Param('name') raw: string, @Body() body: unknown): Promise<unknown> {
    const name = known(raw);
    const said = parseBody(policySchemas[name], body) as Record<string, unknown>;
    const streamId = derivedId.policy(caller.workspaceId, name);
    const changed = await this.changing.change(askedBy(caller), streamId, policy, (state) =>
      putPolicy({ name, policy: said }, state),
    );
    if (isRefusal(changed)) throw problemOf(changed);
    await this.changing.shown([changed]);
    return this.get(caller, name);
  }
}

function known(name: string): PolicyName {
  if (isPolicyName(name)) return name;
  throw new Problem('not-found', `There are the policies ${Object.keys(policySchemas).join(', ')}.`);
}
