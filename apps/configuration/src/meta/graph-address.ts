const metaHosts = ['graph.facebook.com', 'api.facebook.com', 'lookaside.fbsbx.com'];
const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Why Cloud API traffic may not go to this address; undefined where it may. Meta's hosts by https, loopback, and hosts
 * that the operator named: no provider gets in between by accident.
 */
export function whyNotGraph(address: string, furtherHosts: readonly string[]): string | undefined {
  if (!URL.canParse(address)) return 'is not an address';
  const url = new URL(address);
  if (url.username || url.password || url.search || url.hash) return 'holds more than host and path';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (loopback.includes(url.hostname)) return undefined;
  if (furtherHosts.includes(url.hostname) || furtherHosts.includes(url.host)) return undefined;
  if (!metaHosts.includes(url.hostname)) {
    return `is neither Meta's nor loopback: to allow ${url.hostname}, name it in POSTRIDER_GRAPH_HOSTS`;
  }
  return url.protocol === 'https:' ? undefined : "must be https for Meta's hosts";
}
