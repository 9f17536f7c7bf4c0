import { refusalOf } from '@postrider/cloud-api-client';

/**
 * Why Cloud API traffic may not go to this address; undefined where it may. Meta's hosts by https, loopback, and hosts
 * that the operator named: no provider gets in between by accident.
 */
export function whyNotGraph(address: string, furtherHosts: readonly string[]): string | undefined {
  if (!URL.canParse(address)) return 'is not an address';
  const url = new URL(address);
  if (url.search || url.hash) return 'holds more than host and path';
  const refusal = refusalOf(url, furtherHosts);
  return refusal && `cannot be called: ${refusal} (POSTRIDER_GRAPH_HOSTS names further hosts)`;
}
