const metaHosts = ['graph.facebook.com', 'api.facebook.com', 'lookaside.fbsbx.com'];

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Says why an address may not be called; nothing where it may. Meta's hosts over https, this machine, and hosts that
 * were allowed by name: the token goes nowhere else, whatever an answer asks for.
 */
export function refusalOf(address: URL, allowedHosts: readonly string[] = []): string | undefined {
  const host = bare(address.hostname);
  if (address.protocol !== 'https:' && address.protocol !== 'http:')
    return `${address.protocol}// is not http or https`;
  if (address.username || address.password) return 'the address carries a user name or a password';
  if (isLoopback(host) || allowedHosts.some((each) => bare(each) === host || each.toLowerCase() === address.host))
    return undefined;
  if (!metaHosts.includes(host)) return `the host ${host} is not Meta's, and not allowed by name`;
  return address.protocol === 'https:' ? undefined : `${host} is called over https only`;
}
