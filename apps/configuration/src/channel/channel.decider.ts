import { refuse, type Decider, type Outcome } from '@postrider/decider';
import {
  ChannelActivated,
  ChannelChanged,
  ChannelDrafted,
  ChannelSuspended,
  type ChannelSettings,
  type EventOf,
} from '@postrider/event-contracts';
import { isDeepStrictEqual } from 'node:util';

export type ChannelEvent = EventOf<
  typeof ChannelDrafted | typeof ChannelActivated | typeof ChannelChanged | typeof ChannelSuspended
>;

export interface Channel {
  readonly channelId: string;
  readonly settings: ChannelSettings;
  readonly state: 'draft' | 'active' | 'suspended';
  readonly suspendedBecause?: string;
}
export type ChannelState = Channel | undefined;
type Decided = Outcome<ChannelEvent, 'not-found' | 'conflict' | 'channel-not-ready'>;

export const channel: Decider<ChannelState, ChannelEvent> = {
  initial: undefined,
  evolve(state, event) {
    switch (event.type) {
      case 'ChannelDrafted':
        return { ...event.data, state: 'draft' };
      case 'ChannelChanged':
        return state && { ...state, settings: event.data.settings };
      case 'ChannelActivated':
        return state && { ...state, state: 'active', suspendedBecause: undefined };
      case 'ChannelSuspended':
        return state && { ...state, state: 'suspended', suspendedBecause: event.data.because };
      default:
        return state;
    }
  },
};

/** A channel's name is taken once in a workspace. */
export function draftChannel(
  command: { readonly channelId: string; readonly settings: ChannelSettings },
  state: ChannelState,
): Decided {
  if (state) return refuse('conflict', `a channel named "${command.settings.name}" exists already`);
  return [ChannelDrafted.of({ channelId: command.channelId, settings: command.settings })];
}

/** New settings take effect on the next send; those of an active channel must leave it able to be active. */
export function changeChannel(
  command: { readonly settings: ChannelSettings; readonly reasons: readonly string[] },
  state: ChannelState,
): Decided {
  if (!state) return refuse('not-found', 'there is no such channel');
  const { settings, reasons } = command;
  if (isDeepStrictEqual(settings, state.settings)) return [];
  if (state.state === 'active' && reasons.length > 0) return refuse('channel-not-ready', reasons.join(' '));
  return [ChannelChanged.of({ channelId: state.channelId, settings })];
}

/** A channel becomes active only where nothing stands against it. */
export function activateChannel(command: { readonly reasons: readonly string[] }, state: ChannelState): Decided {
  if (!state) return refuse('not-found', 'there is no such channel');
  if (state.state === 'active') return [];
  if (command.reasons.length > 0) return refuse('channel-not-ready', command.reasons.join(' '));
  return [ChannelActivated.of({ channelId: state.channelId })];
}

/** A suspended channel sends nothing until it is activated again. */
export function suspendChannel(command: { readonly because: string }, state: ChannelState): Decided {
  if (!state) return refuse('not-found', 'there is no such channel');
  if (state.state === 'suspended') return [];
  if (state.state === 'draft') return refuse('conflict', 'a draft cannot be suspended: nothing goes through it yet');
  return [ChannelSuspended.of({ channelId: state.channelId, because: command.because })];
}
