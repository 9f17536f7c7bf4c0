/** The first time that a number and a user id were shown together. */
export interface Sighting {
  readonly phoneKey: string;
  readonly userKey: string;
  readonly at: string;
}

/** Somebody went from some aliases to others. */
export interface AliasChange {
  readonly previous: readonly string[];
  readonly current: readonly string[];
  readonly at: string;
}

export interface Evidence {
  readonly aliases: Iterable<string>;
  readonly sightings: readonly Sighting[];
  readonly changes: readonly AliasChange[];
}

/** A time in which an alias is one person's. Persons are named by one of their periods, the same whatever came first. */
export interface Period {
  readonly aliasKey: string;
  /** From this moment on; null from the beginning. */
  readonly since: string | null;
  /** Up to this moment; null without an end. */
  readonly until: string | null;
  readonly person: string;
}

export const isPhone = (aliasKey: string): boolean => aliasKey.startsWith('p.');
const isUser = (aliasKey: string): boolean => !isPhone(aliasKey);

/**
 * Who each alias is, and when. A user id is one person for ever. A number is handed on: it is another person's once its
 * owner moved to a new number, or once it is shown with a user id that is not its owner's. The answer depends on what is
 * known alone, not on the order in which it came.
 */
export function whoIsWho({ aliases, sightings, changes }: Evidence): Period[] {
  const moves = changes.map(completed);
  const keys = new Set([
    ...aliases,
    ...sightings.flatMap(({ phoneKey, userKey }) => [phoneKey, userKey]),
    ...moves.flatMap(({ previous, current }) => [...previous, ...current]),
  ]);
  const same = sets();
  for (const { previous, current } of moves) same.joinAll([...previous, ...current].filter(isUser));
  const periods = new Map([...keys].filter(isPhone).map((key) => [key, periodsOf(key, sightings, moves, same.of)]));
  for (const period of [...periods.values()].flat())
    if (period.owner !== null) same.joinAll([period.name, period.owner]);
  for (const move of moves) same.joinAll(nodesOf(move, periods));
  const names = namesOf(
    [...[...periods.values()].flat().map(({ name }) => name), ...[...keys].filter(isUser)],
    same.of,
  );
  return [...keys].sort().flatMap((aliasKey): Period[] =>
    isUser(aliasKey)
      ? [{ aliasKey, since: null, until: null, person: names(aliasKey) }]
      : periods.get(aliasKey)!.map(({ since, name }, index, all) => ({
          ...{ aliasKey, since, until: all[index + 1]?.since ?? null, person: names(name) },
        })),
  );
}

type Move = AliasChange;

/** What is not said to have changed has stayed as it was. */
function completed({ previous, current, at }: AliasChange): Move {
  const kept = previous.filter((key) => !current.some((other) => isPhone(other) === isPhone(key)));
  return { previous, current: [...current, ...kept], at };
}

interface OwnedPeriod {
  readonly name: string;
  readonly since: string | null;
  owner: string | null;
}

interface Mark {
  readonly at: string;
  /** Undefined where the number is left. */
  readonly owner: string | null | undefined;
  readonly cuts: boolean;
}

/** Cuts a number's time where it was left, was moved to, or is shown with somebody else's user id. */
function periodsOf(
  key: string,
  sightings: readonly Sighting[],
  moves: readonly Move[],
  rootOf: (user: string) => string,
): OwnedPeriod[] {
  const marks = [
    ...sightings.filter(({ phoneKey }) => phoneKey === key).map(seen),
    ...moves.flatMap((move) => moved(key, move)),
  ];
  const periods: OwnedPeriod[] = [{ name: key, since: null, owner: null }];
  for (const { at, owner: user, cuts } of marks.sort(inTime)) {
    const last = periods.at(-1)!;
    const owner = user == null ? null : rootOf(user);
    const begins = last.since !== at;
    if (begins && (cuts || (last.owner !== null && last.owner !== owner)))
      periods.push({ name: `${key} ${at}`, since: at, owner });
    // Of two whom it is shown with at one moment, one must be taken: the same whichever came first.
    else last.owner ??= owner;
  }
  return periods;
}

const seen = ({ userKey, at }: Sighting): Mark => ({ at, owner: userKey, cuts: false });

function moved(key: string, { previous, current, at }: Move): Mark[] {
  const before = previous.includes(key);
  const after = current.includes(key);
  const user = (keys: readonly string[]): string | null => [...keys].filter(isUser).sort()[0] ?? null;
  const wasSeen = user(previous);
  return [
    ...(before && wasSeen !== null ? [{ at: justBefore(at), owner: wasSeen, cuts: false }] : []),
    ...(before && !after ? [{ at, owner: undefined, cuts: true }] : []),
    ...(after && !before ? [{ at, owner: user(current), cuts: true }] : []),
  ];
}

const justBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

const inTime = (a: Mark, b: Mark): number =>
  compare(a.at, b.at) || Number(b.cuts) - Number(a.cuts) || compare(a.owner ?? '', b.owner ?? '');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A number's period that a move ends, the one that it begins, and the user ids on both sides. */
function nodesOf({ previous, current, at }: Move, periods: ReadonlyMap<string, readonly OwnedPeriod[]>): string[] {
  const before = (key: string) => periods.get(key)!.findLast(({ since }) => since === null || since < at)!.name;
  const from = (key: string) => periods.get(key)!.findLast(({ since }) => since === null || since <= at)!.name;
  return [
    ...previous.map((key) => (isUser(key) ? key : current.includes(key) ? from(key) : before(key))),
    ...current.map((key) => (isUser(key) ? key : from(key))),
  ];
}

/** A person goes by the number they were first known by, else by a user id, else by a number that was handed on. */
function namesOf(nodes: readonly string[], rootOf: (node: string) => string): (node: string) => string {
  const rank = (node: string): number => (node.includes(' ') ? 2 : isPhone(node) ? 0 : 1);
  const best = new Map<string, string>();
  for (const node of nodes) {
    const root = rootOf(node);
    const known = best.get(root);
    if (known === undefined || rank(node) - rank(known) < 0 || (rank(node) === rank(known) && node < known))
      best.set(root, node);
  }
  return (node) => best.get(rootOf(node))!;
}

/** Sets that can be joined. */
function sets() {
  const parents = new Map<string, string>();
  const of = (item: string): string => {
    const parent = parents.get(item);
    if (parent === undefined) return item;
    const root = of(parent);
    parents.set(item, root);
    return root;
  };
  return {
    of,
    joinAll([first, ...others]: readonly string[]): void {
      if (first === undefined) return;
      for (const other of others) {
        const [a, b] = [of(first), of(other)].sort() as [string, string];
        if (a !== b) parents.set(b, a);
      }
    },
  };
}
