import { refuse, type Decider, type Outcome } from '@postrider/decider';
import { ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated, type EventOf, type Scope } from '@postrider/event-contracts';

export type ApiKeyEvent = EventOf<typeof ApiKeyCreated | typeof ApiKeyRotated | typeof ApiKeyRevoked>;

export interface ApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string;
  /** The end of the secret before, after a rotation. */
  readonly previousUntil?: string;
  readonly revoked: boolean;
}
export type ApiKeyState = ApiKey | undefined;
type Decided = Outcome<ApiKeyEvent, 'not-found' | 'conflict' | 'forbidden' | 'malformed'>;

export const apiKey: Decider<ApiKeyState, ApiKeyEvent> = {
  initial: undefined,
  evolve(state, event) {
    switch (event.type) {
      case 'ApiKeyCreated': {
        const { keyId, name, scopes, expiresAt } = event.data;
        return { keyId, name, scopes, expiresAt, revoked: false };
      }
      case 'ApiKeyRotated':
        return state && { ...state, previousUntil: event.data.previousUntil };
      case 'ApiKeyRevoked':
        return state && { ...state, revoked: true };
      default:
        return state;
    }
  },
};

interface Asked {
  /** The scopes of whoever asks: nobody gives what they have not. */
  readonly held: readonly Scope[];
  readonly secretHash: string;
  readonly now: Date;
}

/** A key is made with scopes that its maker has, and an end that is still to come. */
export function createApiKey(
  command: Asked & {
    readonly keyId: string;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly expiresAt?: string;
  },
  state: ApiKeyState,
): Decided {
  const { keyId, name, scopes, expiresAt, secretHash, held, now } = command;
  // A creation that was cut short after it was written down: its secret reached nobody, so another takes its place.
  if (state) return rotateApiKey({ secretHash, held, now, previousUntil: now }, state);
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime()) {
    return refuse('malformed', 'expiresAt is past: give an instant that is still to come, or none');
  }
  return beyond(held, scopes) ?? [ApiKeyCreated.of({ keyId, name, scopes: [...scopes], secretHash, expiresAt })];
}

/** A key that still counts gets a new secret; the one before goes on for a while. */
export function rotateApiKey(command: Asked & { readonly previousUntil: Date }, state: ApiKeyState): Decided {
  if (!state) return refuse('not-found', 'there is no such API key');
  if (state.revoked) return refuse('conflict', 'the API key is revoked: make another one');
  const { held, secretHash, previousUntil, now } = command;
  if (isExpired(state, now)) return refuse('conflict', 'the API key has expired: make another one');
  const { keyId, scopes } = state;
  return (
    beyond(held, scopes) ?? [
      ApiKeyRotated.of({ keyId, secretHash, previousUntil: new Date(previousUntil).toISOString() }),
    ]
  );
}

/** A key is revoked once, and for good. */
export function revokeApiKey(_command: object, state: ApiKeyState): Decided {
  if (!state) return refuse('not-found', 'there is no such API key');
  return state.revoked ? [] : [ApiKeyRevoked.of({ keyId: state.keyId })];
}

/** Whether the end that a key was given is past. */
export const isExpired = ({ expiresAt }: ApiKey, now: Date): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();

function beyond(held: readonly Scope[], asked: readonly Scope[]): Decided | undefined {
  const lacking = asked.filter((scope) => !held.includes(scope));
  if (lacking.length === 0) return undefined;
  return refuse('forbidden', `an API key gives only scopes that it has itself; yours lacks ${lacking.join(', ')}`);
}
