import { privateLinks } from '@postrider/cloud-api-payloads';
import type { ClassifiedError } from '../errors/classified-error';
import { refusedHere } from './refused-here';

/** Refuses a media link to a private address, unless its host is allowed by name. */
export function privateLinkRefusal(payload: unknown, allowedHosts: readonly string[]): ClassifiedError | undefined {
  const [link] = privateLinks(payload, allowedHosts);
  return (
    link && refusedHere('private-media-link', 'A media link leads to a private address', `${link.path}: ${link.host}`)
  );
}
