import { refuse, type Decider, type Outcome } from '@postrider/decider';
import {
  SenderDiscovered,
  SenderHealthChanged,
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
  | typeof SenderHealthChanged
  | typeof SenderRenamed
  | typeof SenderPaused
  | typeof SenderResumed
>;
type Discovered = EventOf<typeof SenderDiscovered>['data'];

/** One phone number, as Meta describes it and as an operator lets it send. */
export interface Sender extends Readonly<Discovered> {
  readonly paused?: { readonly because: string };
  /** Whether it can send by all it rests on, as Meta last told. */
  readonly health?: Health;
}
export interface Health {
  /** AVAILABLE, LIMITED or BLOCKED. */
  readonly canSend: string;
  readonly because: readonly string[];
}
export type SenderState = Sender | undefined;
type Decided = Outcome<SenderEvent, 'not-found'>;

/** What a source said of a number; what it did not say stays as it was. */
export type SenderReport = Partial<
  Pick<Sender, 'status' | 'quality' | 'throughputPerSecond' | 'verifiedName' | 'displayPhoneNumber' | 'health'>
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
    case 'SenderHealthChanged':
      return { ...state, health: { canSend: event.data.health, because: event.data.because } };
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
export function observeSender(
  { health, ...seen }: Discovered & { readonly health?: Health | undefined },
  state: SenderState,
): Decided {
  if (state) return changes({ ...seen, health }, state);
  return [SenderDiscovered.of(seen), ...healthEvents(seen.senderId, health, undefined)];
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
    ...healthEvents(senderId, report.health, state.health),
  ];
}

/** Another ability, or other reasons for it. */
function healthEvents(senderId: string, now: Health | undefined, before: Health | undefined): SenderEvent[] {
  if (!now || JSON.stringify(now) === JSON.stringify(before)) return [];
  // A number that can send, of which nothing else was told, needs no word.
  if (!before && now.canSend === 'AVAILABLE' && now.because.length === 0) return [];
  return [SenderHealthChanged.of({ senderId, health: now.canSend, because: [...now.because] })];
}

function withoutUndefined(report: SenderReport): SenderReport {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined));
}
