/**
 * What stories read out of answers, by the names of the public surface. One shape for all of them: a field that an answer
 * lacks is undefined at run time, and the assertion on it fails.
 */
export interface PublicBody {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly code: string;
  readonly detail: string;
  readonly text: string;
  readonly messageId: string;
  readonly wamid: string;
  /** Of a number that the simulator has sent a code to. */
  readonly verificationCode: string;
  readonly reasons: readonly string[];
  readonly decision: { readonly outcome: string; readonly code?: string; readonly trail: readonly { rule: string }[] };
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  readonly senders: readonly { readonly id: string; readonly phoneNumberId: string }[];
  /** Of the readiness list. */
  readonly missing: readonly string[];
  readonly data: readonly PublicBody[];
  readonly results: readonly PublicBody[];
  readonly next: string | null;
  readonly timeline: readonly { readonly type: string; readonly at: string; readonly because?: string }[];
  readonly statuses: readonly { readonly status: string; readonly at: string }[];
  readonly transcript: readonly { readonly direction: 'in' | 'out'; readonly type: string; readonly wamid: string }[];
  readonly window: { readonly open: boolean; readonly closesAt: string };
  readonly channel: string;
  readonly to: { readonly phone: string };
  readonly accepted: number;
  /** Of a campaign, by bucket. */
  readonly progress: Readonly<Record<string, number>>;
  readonly people: number;
  readonly wrong: number;
  readonly repeated: number;
  readonly sendable: number;
  readonly decisions: Readonly<Record<string, number>> | null;
  readonly rendered: readonly { readonly line: number; readonly message: { readonly body: string } }[];
  readonly because: string;
  readonly lag: number;
  /** Of a decision that is asked for ahead. */
  readonly outcome: string;
}
