import type { AudienceFilter } from '@postrider/event-contracts';
import type { InternalCalls } from '@postrider/service-host';
import type { Alias } from '@postrider/keys';

export interface ContactsQuestion {
  readonly workspaceId: string;
  readonly filter: AudienceFilter;
  readonly senderId: string;
  readonly after?: string | undefined;
}

export interface FoundContacts {
  readonly people: readonly { readonly to: Alias; readonly row: Readonly<Record<string, unknown>> }[];
  /** Null behind the last page. */
  readonly next: string | null;
}

/** Asks dispatch, a page at a time, who of its contacts a filter means. Throws a `Fault` where it cannot be asked. */
export type FindContacts = (question: ContactsQuestion) => Promise<FoundContacts>;

export function findContacts(internal: Pick<InternalCalls, 'ask'>): FindContacts {
  return async (question) => {
    const found = await internal.ask<FoundContacts>('dispatch', '/internal/people', question);
    return found ?? { people: [], next: null };
  };
}
