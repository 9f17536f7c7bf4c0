import type { Clock } from '@postrider/decider';
import type { KnownApp, KnownApps } from '../delivery/known-apps';
import type { DeliveryReader, ReadDelivery } from '../delivery/read-delivery';
import { receiptId } from '../receipts/receipt-id';
import type { GroupCommit } from './group-commit';
import type { SealedBodies } from '../receipts/sealed-bodies';
import { signerOf } from './signature';

export interface Delivery {
  readonly body: Buffer;
  readonly signature: string | readonly string[] | undefined;
}

export type Taken =
  { readonly outcome: 'unsigned' } | { readonly outcome: 'stored' | 'quarantined'; readonly facts: number };

/** Checks who signed, reads what it holds, and resolves only once receipt and facts are committed. */
export function takeDelivery(deps: {
  apps: KnownApps;
  reader: DeliveryReader;
  commits: GroupCommit;
  bodies: Pick<SealedBodies, 'seal'>;
  clock: Clock;
}): (delivery: Delivery) => Promise<Taken> {
  /** With an account that is not known yet it is read once more, by what configuration says now. */
  const readFresh = async (app: KnownApp, body: Buffer, at: Date, delivery: Delivery): Promise<ReadDelivery> => {
    const read = await deps.reader.read(app, body, at);
    if (read.wabaIds.every((id) => app.accounts.some(({ wabaId }) => wabaId === id))) return read;
    const fresh = signerOf(delivery.signature, body, await deps.apps.refreshed()) ?? app;
    return deps.reader.read(fresh, body, at);
  };

  return async (delivery) => {
    const { body, signature } = delivery;
    const app =
      signerOf(signature, body, await deps.apps.current()) ?? signerOf(signature, body, await deps.apps.refreshed());
    if (app === undefined) return { outcome: 'unsigned' };
    const receivedAt = deps.clock.now();
    const { facts, ...seen } = await readFresh(app, body, receivedAt, delivery);
    const id = receiptId(receivedAt);
    const sealing = deps.bodies.seal({ id, receivedAt, body });
    const sealed = sealing instanceof Promise ? await sealing : sealing;
    // Of what was set aside no facts were made, so nobody has said whom it holds.
    const aliasKeys = seen.quarantined === null ? facts.flatMap(({ fact }) => fact.aliasKeys) : null;
    const receipt = { ...seen, id, receivedAt, appId: app.appId, facts };
    await deps.commits.commit({ ...receipt, body: sealed, bytes: body.length, aliasKeys });
    return { outcome: seen.quarantined === null ? 'stored' : 'quarantined', facts: facts.length };
  };
}
