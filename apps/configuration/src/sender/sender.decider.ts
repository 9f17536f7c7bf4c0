import { refuse, type Decider, type Outcome } from '@postrider/decider';
import {
  SenderDiscovered,
  SenderPaused,
  SenderQualityChanged,
  SenderRegistered,
  SenderRenamed,
  SenderResumed,
  SenderStatusChanged,
  SenderThroughputChanged,
  type EventOf,
} from '@postrider/event-contracts';

export type SenderEvent = EventOf<
  | typeof SenderDiscovered
  | typeof SenderRegistered
  | typeof SenderStatusChanged
  | typeof SenderQualityChanged
  | typeof SenderThroughputChanged
  | typeof SenderRenamed
  | typeof SenderPaused
  | typeof SenderResumed
>;
type Discovered = EventOf<typeof SenderDiscovered>['data'];

/** One phone number, as Meta describes it and as an operator lets it send. */
export interface Sender extends Readonly<Discovered> {
  readonly paused?: { readonly because: string };
}
export type SenderState = Sender | undefined;
type Decided = Outcome<SenderEvent, 'not-found'>;

/** What a source said of a number; what it did not say stays as it was. */
export type SenderReport = Partial<
  Pick<Sender, 'status' | 'quality' | 'throughputPerSecond' | 'verifiedName' | 'displayPhoneNumber'>
>;

export const sender: Decider<SenderState, SenderEvent> = {
  initial: undefined,
  evolve(state, event) {
    if (event.type === 'SenderDiscovered') return { ...state, ...event.data };
    return state && evolveKnown(state, event);
  },
};

function evolveKnown(state: Sender, event: SenderEvent): Sender {
  switch (event.type) {
    case 'SenderStatusChanged':
      return { ...state, status: event.data.status };
    case 'SenderQualityChanged':
      return { ...state, quality: event.data.quality };
    case 'SenderThroughputChanged':
      return { ...state, throughputPerSecond: event.data.throughputPerSecond };
    case 'SenderRenamed':
      return { ...state, verifiedName: event.data.verifiedName };
    case 'SenderPaused':
      return { ...state, paused: { because: event.data.because } };
    case 'SenderResumed':
      return { ...state, paused: undefined };
    default:
      return state;
  }
}

/** A number of a connected account is discovered once; later looks only tell what differs. */
export function observeSender(seen: Discovered, state: SenderState): Decided {
  return state ? changes(seen, state) : [SenderDiscovered.of(seen)];
}

/** What Meta reported of a number we know; of others a look at the account's numbers tells. */
export function reportSender(report: SenderReport, state: SenderState): Decided {
  return state ? changes(report, state) : [];
}

/** Meta took the registration; each one is a fact, as a number may be registered again under another PIN. */
export function registerSender(_command: object, state: SenderState): Decided {
  if (!state) return refuse('not-found', 'there is no such sender');
  return [SenderRegistered.of({ senderId: state.senderId })];
}

/** An operator stops a number; stopping it again changes nothing. */
export function pauseSender(command: { readonly because: string }, state: SenderState): Decided {
  if (!state) return refuse('not-found', 'there is no such sender');
  return state.paused ? [] : [SenderPaused.of({ senderId: state.senderId, because: command.because })];
}

/** An operator lets a number go on. */
export function resumeSender(_command: object, state: SenderState): Decided {
  if (!state) return refuse('not-found', 'there is no such sender');
  return state.paused ? [SenderResumed.of({ senderId: state.senderId })] : [];
}

function changes(report: SenderReport, state: Sender): SenderEvent[] {
  const { senderId } = state;
  const differs = <Key extends keyof SenderReport>(key: Key): boolean =>
    report[key] !== undefined && report[key] !== state[key];
  const { status, quality, throughputPerSecond, verifiedName } = { ...state, ...withoutUndefined(report) };
  return [
    ...(differs('status') ? [SenderStatusChanged.of({ senderId, status, previous: state.status })] : []),
    ...(differs('quality') ? [SenderQualityChanged.of({ senderId, quality, previous: state.quality })] : []),
    ...(differs('throughputPerSecond') ? [SenderThroughputChanged.of({ senderId, throughputPerSecond })] : []),
    ...(differs('verifiedName') ? [SenderRenamed.of({ senderId, verifiedName, previous: state.verifiedName })] : []),
  ];
}

function withoutUndefined(report: SenderReport): SenderReport {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined));
}
