import { ownWords } from '@postrider/compliance';
import type { Decider } from '@postrider/decider';
import {
  ConsentGranted,
  ConsentRevoked,
  ContactChanged,
  ContactSeen,
  ContactErased,
  IdentityLinked,
  IdentityUnlinked,
  purposes,
  type EventOf,
  type Purpose,
} from '@postrider/event-contracts';

export type ContactEvent =
  | EventOf<typeof ContactSeen>
  | EventOf<typeof ContactChanged>
  | EventOf<typeof IdentityLinked>
  | EventOf<typeof IdentityUnlinked>
  | EventOf<typeof ConsentGranted>
  | EventOf<typeof ConsentRevoked>
  | EventOf<typeof ContactErased>;

/** One word on being written to, as it stands in the history. */
export interface Statement {
  readonly purpose: Purpose;
  readonly senderId?: string;
  readonly state: 'granted' | 'revoked';
  readonly source: string;
  readonly saidAt: string;
  readonly proof?: string;
}

/** What names a person, in clear; any of it may be missing. */
export interface Person {
  readonly phone?: string;
  readonly userId?: string;
  readonly name?: string;
}

/** Where Meta itself showed an alias, and when. */
export interface ShownBy {
  readonly portfolioId: string;
  readonly at: string;
}

interface Linked {
  readonly aliasKey: string;
  readonly phone?: string;
  readonly userId?: string;
  /** Whether Meta showed it, and not a caller alone. */
  readonly isShown: boolean;
}

export interface ContactState {
  readonly contactId?: string;
  readonly person: Person;
  /** Phone numbers and user ids beyond the first. */
  readonly linked: readonly Linked[];
  /** Aliases that were theirs, and until when. */
  readonly left: readonly string[];
  readonly language?: string;
  readonly timeZone?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly statements: readonly Statement[];
  /** How often the person was erased; `erased` while nobody has shown who it is since. */
  readonly erasures: number;
  readonly erased: boolean;
}

const initial: ContactState = {
  ...{ person: {}, linked: [], left: [], attributes: {}, statements: [] },
  ...{ erasures: 0, erased: false },
};

/** A person: what they are known by, what is known of them, and what they said about being written to. */
export const contactDecider: Decider<ContactState, ContactEvent> = { initial, evolve };

function evolve(state: ContactState, event: ContactEvent): ContactState {
  switch (event.type) {
    case 'ContactSeen':
      return state.contactId === undefined || state.erased
        ? { ...state, contactId: event.data.contactId, person: event.personal ?? {}, erased: false }
        : state;
    case 'ContactChanged':
      return changed(state, event);
    case 'IdentityLinked': {
      const { aliasKey, shownBy } = event.data;
      const others = state.linked.filter((alias) => alias.aliasKey !== aliasKey);
      return { ...state, linked: [...others, { aliasKey, ...event.personal, isShown: shownBy !== undefined }] };
    }
    case 'IdentityUnlinked':
      return unlinked(state, event);
    case 'ConsentGranted':
      return { ...state, statements: [...state.statements, statementOf(event, 'granted')] };
    case 'ConsentRevoked':
      return { ...state, statements: [...state.statements, statementOf(event, 'revoked')] };
    case 'ContactErased':
      return {
        ...initial,
        contactId: state.contactId,
        left: state.left,
        statements: state.statements.map(({ proof: _, ...statement }) => statement),
        erasures: state.erasures + 1,
        erased: true,
      };
  }
}

function changed(state: ContactState, { data, personal = {} }: EventOf<typeof ContactChanged>): ContactState {
  const attributes = { ...state.attributes };
  for (const [name, value] of Object.entries(personal.attributes ?? {})) {
    if (value === null) delete attributes[name];
    else attributes[name] = value;
  }
  return {
    ...state,
    attributes,
    ...(data.language === undefined ? {} : { language: data.language ?? undefined }),
    ...(data.timeZone === undefined ? {} : { timeZone: data.timeZone ?? undefined }),
    ...(personal.name === undefined ? {} : { person: { ...state.person, name: personal.name ?? undefined } }),
  };
}

function unlinked(state: ContactState, { data, personal }: EventOf<typeof IdentityUnlinked>): ContactState {
  const { phone, ...person } = state.person;
  const isFirst = phone !== undefined && phone === personal?.phone;
  return {
    ...state,
    person: isFirst ? person : state.person,
    linked: state.linked.filter(({ aliasKey }) => aliasKey !== data.aliasKey),
    left: [...state.left, `${data.aliasKey} ${data.unlinkedAt}`],
  };
}

function statementOf(
  { data, personal }: EventOf<typeof ConsentGranted> | EventOf<typeof ConsentRevoked>,
  state: Statement['state'],
): Statement {
  const { purpose, senderId, source, saidAt } = data;
  return {
    purpose,
    state,
    source,
    saidAt,
    ...(senderId === undefined ? {} : { senderId }),
    ...(personal?.proof === undefined ? {} : { proof: personal.proof }),
  };
}

/** The person becomes known under this id; nothing where they are, and anew where they were erased. */
export function see(
  state: ContactState,
  seen: { contactId: string; via: string; shownBy?: ShownBy | undefined; person: Person },
): ContactEvent[] {
  if (state.contactId !== undefined && !state.erased) return [];
  const { person, contactId, via, shownBy } = seen;
  return [ContactSeen.of({ contactId, via, ...(shownBy === undefined ? {} : { shownBy }) }, { ...person })];
}

/** One more phone number or user id of a known person. */
export function link(
  state: ContactState,
  alias: {
    contactId: string;
    aliasKey: string;
    because: string;
    shownBy?: ShownBy | undefined;
    phone?: string;
    userId?: string;
  },
): ContactEvent[] {
  const known = state.linked.find(({ aliasKey }) => aliasKey === alias.aliasKey);
  if (known !== undefined && (known.isShown || alias.shownBy === undefined)) return [];
  const { contactId, aliasKey, because, shownBy, ...personal } = alias;
  const shown = shownBy === undefined ? {} : { shownBy };
  return [IdentityLinked.of({ contactId, aliasKey, because, ...shown }, personal)];
}

/** A number is somebody else's from a moment on; said once. */
export function unlink(
  state: ContactState,
  alias: EventOf<typeof IdentityUnlinked>['data'] & { phone?: string | undefined },
): ContactEvent[] {
  const { phone, ...data } = alias;
  if (state.left.includes(`${data.aliasKey} ${data.unlinkedAt}`)) return [];
  return [IdentityUnlinked.of(data, phone === undefined ? {} : { phone })];
}

export interface Change {
  readonly language?: string | null;
  readonly timeZone?: string | null;
  readonly name?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What of a change is news. */
export function change(state: ContactState, contactId: string, wanted: Change): ContactEvent[] {
  const isNews = <T>(now: T | undefined, next: T | null | undefined): boolean =>
    next !== undefined && JSON.stringify(now ?? null) !== JSON.stringify(next);
  const attributes = Object.entries(wanted.attributes ?? {}).filter(([name, value]) =>
    isNews(state.attributes[name], value),
  );
  const data = {
    ...(isNews(state.language, wanted.language) ? { language: wanted.language } : {}),
    ...(isNews(state.timeZone, wanted.timeZone) ? { timeZone: wanted.timeZone } : {}),
  };
  const personal = {
    ...(isNews(state.person.name, wanted.name) ? { name: wanted.name } : {}),
    ...(attributes.length > 0 ? { attributes: Object.fromEntries(attributes) } : {}),
  };
  if (Object.keys(data).length + Object.keys(personal).length === 0) return [];
  return [ContactChanged.of({ contactId, ...data }, personal)];
}

/** Whether it is a caller's word on somebody who was erased: only their own word lets them be written to again. */
export const isSuppressed = (state: ContactState, said: Pick<Statement, 'state' | 'source'>): boolean =>
  state.erasures > 0 && said.state === 'granted' && !ownWords.includes(said.source);

/** Records what the person said. The same word of the same time from the same source is said once. */
export function say(state: ContactState, contactId: string, said: Statement): ContactEvent[] {
  const { state: word, proof, ...statement } = said;
  const known = state.statements.some(
    (known) =>
      known.purpose === said.purpose &&
      known.senderId === said.senderId &&
      known.state === word &&
      known.source === said.source &&
      known.saidAt === said.saidAt,
  );
  if (known) return [];
  const data = { contactId, ...statement };
  const personal = proof === undefined ? undefined : { proof };
  return [word === 'granted' ? ConsentGranted.of(data, personal) : ConsentRevoked.of(data, personal)];
}

/** Where a statement comes from that an erasure made. */
export const erasureSource = 'erasure';

/** Nothing is to be known of the person any more, but that they must not be written to. */
export function erase(contactId: string, suppressionHashes: readonly string[], saidAt: string): ContactEvent[] {
  return [
    ...purposes.map((purpose) => ConsentRevoked.of({ contactId, purpose, source: erasureSource, saidAt })),
    ContactErased.of({ contactId, suppressionHashes: [...suppressionHashes] }),
  ];
}
