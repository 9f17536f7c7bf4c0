/** `error`: Meta refuses or rejects it for its form, so submission stops. `warning`: it may be rejected, or works badly. */
export type Severity = 'error' | 'warning';

/** What is said of a finding wherever it is found. */
export interface Entry {
  readonly severity: Severity;
  readonly meaning: string;
  readonly remedy: string;
}
