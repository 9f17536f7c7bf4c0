/** One row of a table: a name, then what was measured. */
export type Row = Readonly<Record<string, string | number>>;

/** Something that is measured beside a reference in the same run. Nothing passes or fails: a reader judges. */
export interface Claim {
  readonly title: string;
  /** What the reference is, and what else a reader must know. */
  readonly notes: readonly string[];
  run(): Promise<readonly Row[]>;
}
