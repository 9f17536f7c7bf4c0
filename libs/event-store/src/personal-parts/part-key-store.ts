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
  /** The service's own living keys of these subjects; who has none is absent. */
  current(subjects: readonly Subject[]): Promise<WrappedKey[]>;
  /** Keeps keys of the service's own, each unless its subject has one by now; answers with the ids of those kept. */
  keep(keys: readonly WrappedKey[]): Promise<string[]>;
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
    current: async (subjects) => subjects.map(living).filter((key) => key !== undefined),
    async keep(keys) {
      const fresh = keys.filter((key) => !living(key));
      for (const { id, ...key } of fresh) rows.set(id, key);
      return fresh.map(({ id }) => id);
    },
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
