import { isPartBox, newPartKey, openPart, partKeyIds, sealPart, type Keyring, type PartKey } from '@postrider/keys';
import { Fault } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import type { Queryable } from '../checkpoints';
import { memoryFor } from './memory-for';
import type { PartKeyStore, Subject, WrappedKey } from './part-key-store';

/** Whom a part concerns: it can be read only while the keys of all of them are there. */
export interface PartOwners {
  readonly workspaceId: string;
  readonly subjects: readonly string[];
}

/** Seals bytes for owners that were named when it was made; `context` is what the box will be opened for. */
export type Sealer = (owners: PartOwners, context: string, bytes: Uint8Array) => Buffer;

export interface SealedBox {
  readonly box: Uint8Array;
  readonly context: string;
}

/** One service's way to seal what identifies or quotes a person, and to open what it or another service sealed. */
export interface PersonalParts {
  /** At once where all keys are at hand; else one round trip for all, and a second where people are new. */
  sealer(owners: readonly PartOwners[]): Sealer | Promise<Sealer>;
  /** In order; undefined where a key was destroyed. */
  openBoxes(boxes: readonly SealedBox[], service?: string): Promise<(Buffer | undefined)[]>;
  /** Events with their personal parts; one that can no longer be read is absent, and the event says `erased`. */
  open(events: readonly RecordedEvent[]): Promise<RecordedEvent[]>;
  /** Destroys the keys of a person, in the transaction that is given; how many there were. */
  destroy(workspaceId: string, subjects: readonly string[], database?: Queryable): Promise<number>;
}

export interface PersonalPartsOptions {
  /** The service; parts of others are opened with copies of their keys. */
  readonly service: string;
  readonly store: PartKeyStore;
  readonly keys: Pick<Keyring, 'seal' | 'open'>;
  /** Waits until every key that another service had published before now has come; at once where they share a table. */
  readonly keysCame?: (ids: readonly string[]) => Promise<void>;
  readonly nowMs?: () => number;
}

/** So long may a key that another process destroyed be used here. */
const rememberedMs = 60_000;
const rememberedMost = 20_000;
const triesMax = 5;

export const wrappingContext = (keyId: string): string => `part-key:${keyId}`;

/** What an event's personal part is sealed for: it opens in its place and workspace alone. */
export const partContext = (event: Pick<RecordedEvent, 'workspaceId' | 'id'>): string =>
  `${event.workspaceId.toLowerCase()}/${event.id}`;

/** Whom an event's personal part concerns: the people its source showed, else what orders it. */
export const subjectsOf = (event: { aliasKeys: readonly string[]; orderingKey: string }): readonly string[] =>
  event.aliasKeys.length === 0 ? [event.orderingKey] : [...new Set(event.aliasKeys)];

/** Over a store of wrapped keys. Unwrapped ones are remembered for a minute. */
export function personalParts(options: PersonalPartsOptions): PersonalParts {
  const { service, store, keys, nowMs = () => performance.now() } = options;
  const bySubject = memoryFor<PartKey>(rememberedMs, rememberedMost, nowMs);
  const secrets = memoryFor<Buffer>(rememberedMs, rememberedMost, nowMs);
  /**
   * Keys that are being destroyed here, and whose: until that is committed they can still be fetched, and are used for the
   * moment, but none is remembered beyond it.
   */
  const dying = memoryFor<true>(rememberedMs, rememberedMost, nowMs);
  /** What was opened before a key was destroyed here is not given out again. */
  let generation = 0;
  const opened = new WeakMap<RecordedEvent, { generation: number; event: RecordedEvent }>();

  const nameOf = ({ workspaceId, subject }: Subject): string => `${workspaceId} ${subject}`;

  function unwrapped({ id, wrapped }: Pick<WrappedKey, 'id' | 'wrapped'>): Buffer {
    try {
      return keys.open(wrapped, wrappingContext(id));
    } catch (cause) {
      throw new Fault({
        code: 'unavailable',
        message: 'a personal part is under a master key that is not given: add it to POSTRIDER_MASTER_KEY_PREVIOUS',
        publicText: 'What names people cannot be read just now.',
        retryable: true,
        cause,
      });
    }
  }

  function remembered(wrapped: WrappedKey): PartKey {
    const key = { id: wrapped.id, secret: unwrapped(wrapped) };
    if (dying.get(key.id)) return key;
    secrets.set(key.id, key.secret);
    bySubject.set(nameOf(wrapped), key);
    return key;
  }

  /** Fetches or makes the keys of subjects. What another process makes at the same moment counts, so it is asked again. */
  async function provide(subjects: readonly Subject[]): Promise<Map<string, PartKey>> {
    const found = new Map<string, PartKey>();
    for (let tries = 0, missing = [...subjects]; missing.length > 0; tries++) {
      if (tries === triesMax) throw new Error('the keys of personal parts change too fast');
      for (const key of await store.provide(missing.map(wrappedNew))) found.set(nameOf(key), remembered(key));
      missing = missing.filter((subject) => !found.has(nameOf(subject)));
    }
    return found;
  }

  const wrappedNew = (subject: Subject): WrappedKey => {
    const { id, secret } = newPartKey();
    return { ...subject, id, wrapped: keys.seal(secret, wrappingContext(id)) };
  };

  function sealerOf(held: ReadonlyMap<string, PartKey>): Sealer {
    return ({ workspaceId, subjects }, context, bytes) => {
      const partKeys = subjects.map((subject) => {
        const key = held.get(nameOf({ workspaceId, subject }));
        if (!key) throw new Error('a part is sealed for somebody who was not named');
        return key;
      });
      return sealPart(partKeys, bytes, context);
    };
  }

  function sealer(owners: readonly PartOwners[]): Sealer | Promise<Sealer> {
    const held = new Map<string, PartKey>();
    const missing = new Map<string, Subject>();
    for (const { workspaceId, subjects } of owners) {
      for (const subject of subjects) {
        const name = nameOf({ workspaceId, subject });
        if (held.has(name) || missing.has(name)) continue;
        const known = bySubject.get(name);
        if (known) held.set(name, known);
        else missing.set(name, { workspaceId, subject });
      }
    }
    if (missing.size === 0) return sealerOf(held);
    return provide([...missing.values()]).then((found) => sealerOf(new Map([...held, ...found])));
  }

  /** The secrets of these keys; what is absent was destroyed. */
  async function secretsOf(ids: ReadonlySet<string>, ofOthers: boolean): Promise<Map<string, Buffer>> {
    const held = new Map<string, Buffer>();
    const asked: string[] = [];
    for (const id of ids) {
      const secret = secrets.get(id);
      if (secret) held.set(id, secret);
      else asked.push(id);
    }
    if (asked.length === 0) return held;
    let found = await store.find(asked);
    const unheardOf = asked.filter((id) => !found.has(id));
    if (unheardOf.length > 0 && ofOthers && options.keysCame) {
      await options.keysCame(unheardOf);
      found = new Map([...found, ...(await store.find(unheardOf))]);
    }
    for (const [id, wrapped] of found) {
      if (wrapped === null) continue;
      const secret = unwrapped({ id, wrapped });
      if (!dying.get(id)) secrets.set(id, secret);
      held.set(id, secret);
    }
    return held;
  }

  async function openBoxes(boxes: readonly SealedBox[], of = service): Promise<(Buffer | undefined)[]> {
    const needed = boxes.map(({ box }) => partKeyIds(box));
    const held = await secretsOf(new Set(needed.flat()), of !== service);
    return boxes.map(({ box, context }, at) => {
      const own = (needed[at] ?? []).map((id) => held.get(id));
      return own.every((secret) => secret !== undefined) ? openPart(own, box, context) : undefined;
    });
  }

  async function openAll(
    events: readonly RecordedEvent[],
    of: string,
  ): Promise<(readonly [closed: RecordedEvent, whole: RecordedEvent])[]> {
    const before = generation;
    const boxes = events.map((event) => ({ box: event.sealed as Uint8Array, context: partContext(event) }));
    const parts = await openBoxes(boxes, of);
    return events.map((event, at) => {
      const { sealed: _, ...rest } = event;
      const part = parts[at];
      const whole = part
        ? { ...rest, personal: JSON.parse(part.toString('utf8')) as unknown }
        : { ...rest, erased: true as const };
      if (!partKeyIds(boxes[at]!.box).some((id) => dying.get(id)))
        opened.set(event, { generation: before, event: whole });
      return [event, whole] as const;
    });
  }

  return {
    sealer,
    openBoxes,
    async open(events) {
      const closed = events.filter((event) => event.sealed && opened.get(event)?.generation !== generation);
      const wholes = new Map<RecordedEvent, RecordedEvent>();
      for (const of of new Set(closed.map((event) => event.service))) {
        const own = closed.filter((event) => event.service === of);
        for (const [event, whole] of await openAll(own, of)) wholes.set(event, whole);
      }
      return events.map((event) => wholes.get(event) ?? opened.get(event)?.event ?? event);
    },
    async destroy(workspaceId, subjects, database) {
      const ids = await store.destroy(workspaceId, subjects, database);
      for (const id of ids) dying.set(id, true);
      for (const subject of subjects) bySubject.delete(nameOf({ workspaceId, subject }));
      secrets.clear();
      generation++;
      return ids.length;
    },
  };
}

/** What is stored of a personal part: its text, where nobody seals. */
export const partText = (part: unknown): Buffer => Buffer.from(JSON.stringify(part), 'utf8');

/** A stored part as its event carries it: sealed, or as the text that it was before parts were sealed. */
export function storedPart(bytes: Buffer | null): Pick<RecordedEvent, 'personal' | 'sealed'> {
  if (bytes === null) return {};
  return isPartBox(bytes) ? { sealed: bytes } : { personal: JSON.parse(bytes.toString('utf8')) as unknown };
}
