import { CloudApiError } from '@postrider/cloud-api-client';
import { MetaSaidNo, MetaUnreachable } from './account-at-meta';

/** Meta's error as what can be acted on, or as what passes. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    if (error.outcome !== 'rejected' || error.retryable) throw new MetaUnreachable(error.message, error);
    const { title, details } = error.error;
    throw new MetaSaidNo(error.metaCode, [title, details].filter((part) => part !== undefined).join(': '));
  }
}
