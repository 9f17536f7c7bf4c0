import type { Purpose, TemplateCategory } from '@postrider/event-contracts';

/** What a person, or somebody for them, said about being written to. */
export interface ConsentStatement {
  readonly purpose: Purpose;
  readonly state: 'granted' | 'revoked';
  /** `keyword`, `preference`, `error-131050` and `block` are the person's own word, said in WhatsApp. */
  readonly source: string;
  /** By the source's clock, ISO 8601. */
  readonly saidAt: string;
  /** Where the statement is about one sender only. */
  readonly senderId?: string;
}

export interface TemplateFacts {
  readonly templateId: string;
  readonly name: string;
  readonly language: string;
  readonly state: 'draft' | 'submitted' | 'approved' | 'rejected' | 'paused' | 'disabled' | 'deleted';
  readonly pausedUntil?: string;
  /** As Meta has it now. */
  readonly category: TemplateCategory;
  /** What does not fit between the template and what the caller gave; paths and rules only, never a value. */
  readonly parameterProblems: readonly string[];
}

export interface SenderFacts {
  readonly senderId: string;
  /** Meta's word; only CONNECTED may send. */
  readonly status: string;
  /** An operator's pause. */
  readonly pausedBecause?: string;
  readonly account: {
    readonly credentialsRejected: boolean;
    readonly restriction?: string;
    readonly restrictedUntil?: string;
  };
  /** What dispatch learnt from Meta's errors, for the account or the sender. */
  readonly pauses: readonly { readonly scope: 'account' | 'sender'; readonly code: string; readonly until?: string }[];
}

/**
 * All that a decision rests on. Nothing in it is personal, so that it may stand in the trail; a missing fact is absent,
 * never guessed.
 */
export interface Facts {
  readonly at: Date;
  readonly channel: { readonly purpose: Purpose; readonly consentRequired?: boolean };
  readonly recipient: { readonly phone: 'usable' | 'unusable' | 'absent'; readonly userId: boolean };
  /** Over all linked aliases of the person, in any order. */
  readonly consents: readonly ConsentStatement[];
  /** Meta's time of the person's last message to this sender. */
  readonly lastInboundAt?: string;
  readonly content:
    | { readonly kind: 'template'; readonly template: TemplateFacts }
    | { readonly kind: 'free-form'; readonly type: string };
  readonly sender: SenderFacts;
}
