/** Time is passed in, so that tests and stories can move it. Leases alone use the database's clock. */
export interface Clock {
  /** Wall-clock time; may jump. Only for facts (`at`), windows and schedules. */
  now(): Date;
  /** Milliseconds that never go back. For deadlines and pacing. */
  monotonicMs(): number;
}
