import { unavailable } from '@postrider/service-host';
import { configurationCopy } from '../local-copies/when-configuration-changed';
import { windowCopy } from '../local-copies/when-window-opened';
import { policyCopy } from '../policies/when-policy-changed';
import { templateCopy } from '../local-copies/when-template-changed';
import { judgeRequests, type Asked, type Judged, type Unknown } from './judge-requests';
import type { RequestMessagesDeps } from './request-messages.handler';

/**
 * A no that rests on another service's facts is given only once dispatch's copy of them is at that service's head: what
 * a caller has just created is found. Where that cannot be told in time, there is no answer yet.
 */
export async function judgeSurely(deps: RequestMessagesDeps, asked: Asked): Promise<(Judged | Unknown)[]> {
  const current = new Set<Copy>();
  for (;;) {
    const judged = await judgeRequests(deps, asked);
    const behind = new Set(judged.flatMap(copiesBehindNo).filter((copy) => !current.has(copy)));
    if (behind.size === 0) return judged;
    const reached = await Promise.all([...behind].map((copy) => deps.readers.caughtUp(copy, sourceOf[copy], waitMs)));
    if (reached.includes(false)) throw unavailable('What this answer rests on is not up to date yet.');
    // What is known now may bring a no that rests on yet another copy.
    for (const copy of behind) current.add(copy);
  }
}

const waitMs = 1_000;

const sourceOf = {
  [configurationCopy]: 'configuration',
  [policyCopy]: 'configuration',
  [templateCopy]: 'templates',
  [windowCopy]: 'webhooks',
} as const;

type Copy = keyof typeof sourceOf;

const copiesByCode: Readonly<Record<string, readonly Copy[]>> = {
  'unknown-channel': [configurationCopy],
  'channel-inactive': [configurationCopy],
  'unknown-template': [templateCopy, configurationCopy],
  'template-not-approved': [templateCopy],
  'template-paused': [templateCopy],
  'parameters-mismatch': [templateCopy],
  'window-closed': [windowCopy],
  'sender-unable': [configurationCopy],
  'country-not-served': [policyCopy],
  'marketing-paused-in-country': [policyCopy],
  'health-content': [policyCopy],
  'quiet-hours': [policyCopy, configurationCopy],
  'frequency-cap': [policyCopy, configurationCopy],
  'spend-limit': [policyCopy],
  'portfolio-limit': [policyCopy],
};

function copiesBehindNo(judged: Judged | Unknown): readonly Copy[] {
  const code = judged.kind === 'unknown' ? judged.code : judged.decision.code;
  return code === undefined ? [] : (copiesByCode[code] ?? []);
}
