import { privateLinks } from '@postrider/cloud-api-payloads';
import type { ClassifiedError } from '../errors/classified-error';

/** The error of a payload that is refused here, before Meta sees it. */
export const refusedHere = (code: string, title: string, details: string): ClassifiedError => ({
  code,
  title,
  details,
  action: { do: 'fix' },
  retryable: false,
  surelyRejected: true,
  remedy: 'Correct the payload',
});

/** Refuses a media link to a private address, unless its host is allowed by name. */
export function privateLinkRefusal(payload: unknown, allowedHosts: readonly string[]): ClassifiedError | undefined {
  const [link] = privateLinks(payload, allowedHosts);
  return (
    link && refusedHere('private-media-link', 'A media link leads to a private address', `${link.path}: ${link.host}`)
  );
}
