import type { Origin } from '@postrider/event-contracts';
import { z } from 'zod';

const prefix = 'campaign:';

/** Where a command says that it comes from, by its header `origin`; undefined where that cannot be read. */
export function commandOrigin(header: string | undefined): Origin | undefined {
  if (header === undefined) return { kind: 'api' };
  const id = header.startsWith(prefix) ? header.slice(prefix.length) : '';
  return z.uuid().safeParse(id).success ? { kind: 'campaign', id } : undefined;
}
