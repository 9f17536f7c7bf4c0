import { retryDelayMs, type ClassifiedError } from '@postrider/cloud-api-client';
import type { SendError } from '@postrider/event-contracts';
import type { z } from 'zod';
import type { Attempt } from './message.decider';

/** What follows from a failure: for the message, for what it was sent by, and for the person. */
export interface FailurePlan {
  readonly error: z.infer<typeof SendError>;
  /** Meta's words, which may quote a parameter. */
  readonly details?: string;
  /** When to try again; without it the failure is final. */
  readonly retryAt?: Date;
  readonly pause?: { readonly scope: 'account' | 'sender' | 'template'; readonly until?: Date };
  /** How it is known that the person is not to be written to any more, where it is. */
  readonly revokesConsent: false | 'error-131050' | 'block';
  /** The number's rate is used up: slow down. */
  readonly slowsDown: boolean;
}

/** Tries after which a message has failed, whatever the code says. */
export const triesMax = 8;
/** So that what failed together does not come back together; only ever later, as some waits are the least Meta allows. */
const jitter = 0.25;
/** Shorter waits than this are not worth a pause that everybody hears of; the pace takes care of them. */
const pauseFromMs = 30_000;
/** After a pause of its account or number the message is looked at again; the rules then hold it as long as it takes. */
const lookAgainMs = 1_000;

/** One failure of an attempt, with the attempts before it. `random` is in [0, 1). */
export function planFailure(
  error: ClassifiedError,
  { earlier, now, random }: { earlier: readonly Attempt[]; now: Date; random: () => number },
): FailurePlan {
  const { action } = error;
  const tries = 1 + earlier.filter(({ outcome, errorCode }) => outcome === 'failed' && errorCode === error.code).length;
  const delayMs = earlier.length + 1 >= triesMax ? undefined : retryDelayMs(action, tries);
  const after = (ms: number): Date => new Date(now.getTime() + Math.round(ms));
  const retryAt = delayMs === undefined ? undefined : after(delayMs * (1 + jitter * random()));
  const plan = {
    error: errorOf(error),
    ...(error.details === undefined ? {} : { details: error.details }),
    revokesConsent: wordIn(error),
    slowsDown: action.do === 'wait' && action.scope === 'sender' && (delayMs ?? 0) < pauseFromMs,
  };
  switch (action.do) {
    case 'pause-account':
      return { ...plan, retryAt: after(lookAgainMs), pause: { scope: 'account' } };
    case 'pause-sender':
      return { ...plan, retryAt: after(lookAgainMs), pause: { scope: 'sender' } };
    case 'pause-template':
      return { ...plan, pause: { scope: 'template' } };
    case 'wait': {
      const scope = pausedScope(action.scope);
      const pauses = scope !== undefined && delayMs !== undefined && delayMs >= pauseFromMs;
      return {
        ...plan,
        ...(retryAt === undefined ? {} : { retryAt }),
        ...(pauses ? { pause: { scope, until: after(delayMs) } } : {}),
      };
    }
    default:
      return { ...plan, ...(retryAt === undefined ? {} : { retryAt }) };
  }
}

/** The person stopped marketing, or the business itself blocked them. */
function wordIn({ action, code }: ClassifiedError): FailurePlan['revokesConsent'] {
  if (action.do === 'revoke-consent') return 'error-131050';
  return code === 'user-blocked-by-us' && 'block';
}

/** A limit of the app concerns every account of it; each learns of it by its own error. */
function pausedScope(scope: string): 'account' | 'sender' | 'template' | undefined {
  if (scope === 'account' || scope === 'app') return 'account';
  return scope === 'sender' || scope === 'template' ? scope : undefined;
}

/** The classified error without what may quote a parameter. */
export function errorOf({ code, metaCode, title, httpStatus }: ClassifiedError): z.infer<typeof SendError> {
  return {
    code,
    title,
    ...(metaCode === undefined ? {} : { metaCode }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  };
}
