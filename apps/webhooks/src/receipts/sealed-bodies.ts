import type { PersonalParts, SealedBox } from '@postrider/event-store';
import { noWorkspace, receiptsSubject } from './day-keys';

interface Stored {
  readonly id: string;
  readonly body: Buffer | null;
  /** Of the body as it came; null where it was stored before bodies were sealed. */
  readonly bytes: number | null;
}

export interface SealedBodies {
  /** At once but for the first of a day. */
  seal(receipt: { id: string; receivedAt: Date; body: Buffer }): Buffer | Promise<Buffer>;
  /** In order; null where the key of the day was destroyed, or there is no body. */
  open(receipts: readonly Stored[]): Promise<(Buffer | null)[]>;
}

/** The bodies of receipts under a key a day, which ends with the day's receipts. */
export function sealedBodies(parts: PersonalParts): SealedBodies {
  const contextOf = (id: string): string => `receipt/${id}`;
  return {
    seal({ id, receivedAt, body }) {
      const owners = { workspaceId: noWorkspace, subjects: [receiptsSubject(receivedAt)] };
      const sealer = parts.sealer([owners]);
      if (!(sealer instanceof Promise)) return sealer(owners, contextOf(id), body);
      return sealer.then((seal) => seal(owners, contextOf(id), body));
    },
    async open(receipts) {
      const isSealed = ({ body, bytes }: Stored): boolean => body !== null && bytes !== null;
      const boxes = receipts
        .filter(isSealed)
        .map(({ id, body }): SealedBox => ({ box: body!, context: contextOf(id) }));
      const opened = await parts.openBoxes(boxes);
      return receipts.map((receipt) => (isSealed(receipt) ? (opened.shift() ?? null) : receipt.body));
    },
  };
}
