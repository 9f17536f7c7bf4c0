import { isRefusal, type Outcome } from '@postrider/decider';
import type { ChannelSettings } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { type By, type Changing, parseBody, Problem, problemOf } from '@postrider/service-host';
import type { z } from 'zod';
import { ChannelBody, type ChannelPatch } from '../channel/channel-body';
import {
  activateChannel,
  changeChannel,
  channel,
  draftChannel,
  suspendChannel,
  type Channel,
  type ChannelEvent,
  type ChannelState,
} from '../channel/channel.decider';
import { reasonsAgainst } from '../channel/reasons';
import type { ConfiguredViews } from '../views/configured';

type Decide = (state: ChannelState) => Outcome<ChannelEvent>;

/** Drafts, changes, activates and suspends channels. A refusal is thrown as the problem that the caller gets. */
export function keepChannels({ changing, views }: { changing: Changing; views: ConfiguredViews }) {
  const known = async (id: string, { workspaceId }: By): Promise<Channel> => {
    const row = await views.one('channel', workspaceId, id);
    if (!row) throw new Problem('not-found', 'There is no channel with this id.');
    return row.state;
  };
  const reasonsFor = async ({ workspaceId }: By, settings: ChannelSettings): Promise<string[]> =>
    reasonsAgainst(settings, await views.factsOf(workspaceId, settings.senderId));
  const apply = async (by: By, id: string, decide: Decide, reasons?: readonly string[]): Promise<void> => {
    const changed = await changing.change(by, id, channel, decide);
    if (isRefusal(changed)) {
      throw problemOf(changed, changed.refused === 'channel-not-ready' ? { reasons } : {});
    }
    await changing.shown([changed]);
  };

  return {
    async draft(settings: ChannelSettings, by: By): Promise<string> {
      const { sender } = await views.factsOf(by.workspaceId, settings.senderId);
      if (!sender) throw noSuchSender();
      const channelId = derivedId.channel(by.workspaceId, settings.name);
      const drafted = await changing.create(by, channelId, channel, (state) =>
        draftChannel({ channelId, settings }, state),
      );
      if (isRefusal(drafted)) throw problemOf(drafted);
      await changing.shown([drafted]);
      return channelId;
    },
    async change(id: string, patch: z.infer<typeof ChannelPatch>, by: By): Promise<void> {
      const before = await known(id, by);
      // The settings together must be as right as those of a new channel.
      const settings = parseBody(ChannelBody, patched(before.settings, patch));
      const { sender } = await views.factsOf(by.workspaceId, settings.senderId);
      if (!sender) throw noSuchSender();
      const reasons = await reasonsFor(by, settings);
      await apply(by, id, (state) => changeChannel({ settings, reasons }, state), reasons);
    },
    async activate(id: string, by: By): Promise<void> {
      const reasons = await reasonsFor(by, (await known(id, by)).settings);
      await apply(by, id, (state) => activateChannel({ reasons }, state), reasons);
    },
    async suspend(id: string, because: string, by: By): Promise<void> {
      await known(id, by);
      await apply(by, id, (state) => suspendChannel({ because }, state));
    },
  };
}
export const KeepChannels = Symbol('KeepChannels');
export type KeepChannels = ReturnType<typeof keepChannels>;

function patched(before: ChannelSettings, patch: object): Record<string, unknown> {
  const both = Object.entries({ ...before, ...patch });
  return Object.fromEntries(both.filter(([, value]) => value !== null && value !== undefined));
}

function noSuchSender(): Problem {
  const errors = [{ path: 'senderId', message: 'there is no such sender' }];
  return new Problem('malformed', 'senderId names no sender of this workspace: see GET /v1/senders.', { errors });
}
