import { Problem } from '@postrider/service-host';
import { MetaSaidNo } from './templates-at-meta';

/** Meta's refusal, as the problem that the caller gets. */
export function refusedByMeta(error: unknown): never {
  if (error instanceof MetaSaidNo) throw new Problem('refused-by-meta', error.details, { metaCode: error.metaCode });
  throw error;
}
