import { groupBy } from '../group-by';
import type { Judged, Unknown } from './judge-requests';
import type { MessageToRequest } from './request-messages.handler';

/** Messages of one key leave no faster than this, whenever they are due. */
export interface BatchRate {
  readonly key: string;
  readonly perSecond: number;
}

/** Each sender paces its part of a batch by itself: it has as much of the rate as it has of the messages. */
export function paces(
  judged: readonly (Judged | Unknown)[],
  { key, perSecond }: BatchRate,
): (judged: Judged) => BatchRate {
  const bySender = groupBy(
    judged.filter((each) => each.kind === 'judged'),
    ({ channel }) => channel.sender.facts.senderId,
  );
  const count = [...bySender.values()].reduce((sum, { length }) => sum + length, 0);
  return ({ channel }) => {
    const own = bySender.get(channel.sender.facts.senderId)?.length ?? count;
    return { key, perSecond: own === count ? perSecond : (perSecond * own) / count };
  };
}

/** So that a batch that waits for hours does not stand in the way of what is due; its pace is kept where it leaves. */
export function spread(messages: readonly MessageToRequest[], from: Date, ratePerSecond: number): MessageToRequest[] {
  return messages.map((message, index) => {
    const scheduledAt = new Date(from.getTime() + (index * 1000) / ratePerSecond).toISOString();
    return { ...message, body: { ...message.body, scheduledAt: message.body.scheduledAt ?? scheduledAt } };
  });
}
