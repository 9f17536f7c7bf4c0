import { campaignOf } from './message-row';
import type { MessageView } from './message-view';

/** What a figure is of. Absent dimensions are empty texts, so that they make a key. */
export interface Dimensions {
  readonly workspace_id: string;
  readonly minute: string;
  readonly channel: string;
  readonly template: string;
  readonly campaign: string;
  readonly country: string;
}

/** Where a message counts; undefined where it does not: before its request is known, and test sends. */
export function dimensionsOf(workspaceId: string, view: MessageView): Dimensions | undefined {
  const { request } = view;
  if (request === undefined || request.test === true) return undefined;
  return {
    workspace_id: workspaceId,
    minute: `${request.at.slice(0, 16)}:00.000Z`,
    channel: request.channelName,
    template: request.content.template?.name ?? '',
    campaign: campaignOf(view) ?? '',
    country: request.country ?? '',
  };
}
