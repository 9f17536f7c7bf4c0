import type { Clock } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import type { Pool } from 'pg';
import type { FreshRequests } from '../due/fresh-requests';
import type { Copies, SenderView } from '../judging/copies';
import type { Busy } from './busy';
import type { Departures } from './departures';
import type { HeldLease } from './held-lease';
import type { PerLane } from './lanes';
import type { Bucket, Pairs } from './pace';
import type { Pump } from './pump';
import type { ScopedPaces } from './scoped-paces';
import type { Uploads } from './uploads';

/** All that one sender, held by a lease, has in hand. */
export interface SenderAtWork {
  readonly workspaceId: string;
  readonly senderId: string;
  readonly lease: HeldLease;
  readonly log: EventLog;
  readonly pool: Pool;
  readonly copies: Copies;
  readonly clock: Clock;
  readonly patienceMs: number;
  readonly busy: Busy;
  readonly fresh: Pick<FreshRequests, 'take'>;
  readonly bucket: Bucket;
  readonly pairs: Pairs;
  readonly departures: Departures;
  readonly paces: ScopedPaces;
  readonly pump: Pump;
  readonly uploads: Pick<Uploads, 'areReady'>;
  /** What the lanes are owed. */
  credit: PerLane;
  /** The wall clock, but never going back. */
  now(): Date;
  /** As it is known now; throws where it is not known any more. */
  sender(): Promise<SenderView>;
  /** Learns how the sender's channels are set now: a change holds from the next send. */
  readChannels(): Promise<void>;
  /** A message that was taken did not leave. */
  giveBack(pairKey: string | undefined): void;
}
