/** The work at hand is no longer ours: the shard went to somebody else, or we are closing. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
}

/** Somebody else has moved the checkpoint, or a key's parking changed under us: drop the work and look again. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
/** A position is missing. The shard stands until it comes. */
export class HoleFound extends Error {
  override readonly name = 'HoleFound';
}
