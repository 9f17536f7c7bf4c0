import type { Queryable } from '../checkpoints';

/** Whose parts a key opens, in the owner's words: a person's alias key in a workspace. */
export interface Subject {
  readonly workspaceId: string;
  readonly subject: string;
}

export interface WrappedKey extends Subject {
  readonly id: string;
  readonly wrapped: Buffer;
}

/** Where wrapped keys lie: the service's own, and what it has of others'. */
export interface PartKeyStore {
  /**
   * Keeps keys of the service's own, each unless its subject has a living one, and answers with those that count. Whose
   * is absent is being kept by somebody else just now: ask again.
   */
  provide(fresh: readonly WrappedKey[]): Promise<WrappedKey[]>;
  /** By id; null where the key was destroyed, absent where it was never heard of. */
  find(ids: readonly string[]): Promise<Map<string, Buffer | null>>;
  /** Destroys every key of the subjects, copies of other services' among them; answers with their ids. */
  destroy(workspaceId: string, subjects: readonly string[], database?: Queryable): Promise<string[]>;
}

/** The twin in memory, for tests. */
export function memoryPartKeys(): PartKeyStore {
  const rows = new Map<string, Subject & { wrapped: Buffer | null }>();
  const living = ({ workspaceId, subject }: Subject): WrappedKey | undefined => {
    for (const [id, row] of rows)
      if (row.wrapped && row.workspaceId === workspaceId && row.subject === subject)
        return { id, workspaceId, subject, wrapped: row.wrapped };
    return undefined;
  };
  return {
    provide: (fresh) =>
      Promise.resolve(
        fresh.map((key) => {
          const known = living(key);
          if (known === undefined) rows.set(key.id, key);
          return known ?? key;
        }),
      ),
    find: async (ids) => new Map(ids.flatMap((id) => (rows.has(id) ? [[id, rows.get(id)?.wrapped ?? null]] : []))),
    async destroy(workspaceId, subjects) {
      const doomed = [...rows].filter(
        ([, row]) => row.wrapped && row.workspaceId === workspaceId && subjects.includes(row.subject),
      );
      for (const [, row] of doomed) row.wrapped = null;
      return doomed.map(([id]) => id);
    },
  };
}
