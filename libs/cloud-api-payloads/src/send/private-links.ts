/** Names that never lead to a public machine. */
const privateName = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|localdomain)$/;

const bare = (hostname: string): string =>
  hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

function isPrivateIPv4(host: string): boolean {
  const [a = 0, b = 0, c = 0] = host.split('.').map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113)
  );
}

function isPrivateIPv6(host: string): boolean {
  // An IPv4 address inside: mapped, translated (NAT64), or tunnelled (6to4).
  const mapped =
    /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ??
    /^2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/.exec(host);
  if (mapped) {
    const [high = 0, low = 0] = mapped.slice(1).map((part) => Number.parseInt(part, 16));
    return isPrivateIPv4([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  // Global unicast is 2000::/3; of it 2001:db8::/32 is documentation.
  return !/^[23][0-9a-f]{3}:/.test(host) || host.startsWith('2001:db8:');
}

/** Whether a host name, as `URL` writes it, leads to a private, local or reserved address by itself. */
export function isPrivateHost(hostname: string): boolean {
  const host = bare(hostname);
  if (host.includes(':')) return isPrivateIPv6(host);
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return isPrivateIPv4(host);
  return !host.includes('.') || privateName.test(host);
}

export interface PrivateLink {
  readonly path: string;
  readonly host: string;
}
const depthMax = 12;

/**
 * The media links of a payload (members named `link`) that lead to a private address, or nowhere. A host that is
 * allowed by name (`host` or `host:port`) is left alone. Names are not resolved.
 */
export function privateLinks(payload: unknown, allowedHosts: readonly string[] = []): PrivateLink[] {
  const allowed = new Set(allowedHosts.map((host) => bare(host)));
  const found: PrivateLink[] = [];
  const look = (link: string, path: string): void => {
    const url = URL.canParse(link) ? new URL(link) : undefined;
    if (!url) found.push({ path, host: '' });
    else if (isPrivateHost(url.hostname) && !allowed.has(bare(url.hostname)) && !allowed.has(bare(url.host)))
      found.push({ path, host: url.hostname });
  };
  const walk = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > depthMax) return;
    for (const [key, member] of Object.entries(value)) {
      const at = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
      if (key === 'link' && typeof member === 'string') look(member, at);
      else walk(member, at, depth + 1);
    }
  };
  walk(payload, '', 0);
  return found;
}
