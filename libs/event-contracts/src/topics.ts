import type { ServiceName } from './define-event';

/** The topic that carries a service's whole log, kept for ever; partition = shard, key = ordering key. */
export function topicOf(service: ServiceName): string {
  return `postrider.${service}`;
}

/** The wrapped keys of sealed parts, compacted: of use to services of the installation alone. */
export const keysTopic = 'postrider.keys';

/** Requests to send, from whoever may write to it. The one place where a phone number travels in clear. */
export const commandsTopic = 'postrider.dispatch.commands';
