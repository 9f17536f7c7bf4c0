import type { Purpose, TemplateCategory } from '@postrider/event-contracts';
import type { ContentFindings } from './content/examine-content';
import type { CapUsage } from './frequency/cap-usage';
import type { CountriesPolicy } from './policies/countries';
import type { QuietHours, QuietHoursPolicy } from './policies/quiet-hours';

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
  /** Whether somebody vouches that it says nothing about a person's health. */
  readonly freeOfHealthContent?: boolean;
}

/** Where a person is to be found, as far as that can be told; none of it says who they are. */
export interface RecipientFacts {
  readonly phone: 'usable' | 'unusable' | 'absent';
  readonly userId: boolean;
  /** ISO 3166, of the number by its area code, or of the business-scoped user id. */
  readonly country?: string;
  /** A number under +1: by its area code, one of a place, toll-free or otherwise without a place, or not known. */
  readonly northAmerica?: 'geographic' | 'toll-free' | 'unknown';
  /** The person's own, where somebody told of it. */
  readonly timeZone?: string;
}

/** People that all senders of a portfolio open conversations with, in 24 moving hours. */
export interface PortfolioFacts {
  /** `null` where Meta sets none. */
  readonly limit: number | null;
  /** Unique people so far, those whose message is on its way included. */
  readonly used: number;
  /** Whether this person is one of them. */
  readonly includesRecipient: boolean;
  /** When the first of them stops counting. */
  readonly roomAt?: string;
}

/** Meta's refusals to deliver marketing to a person (131049), since the last marketing message that arrived. */
export interface HeldBackFacts {
  readonly times: number;
  readonly lastAt: string;
}

/** Money in millionths of the policy's currency. */
export interface SpendFacts {
  readonly currency: string;
  /** The forecast for this message; missing where the rate card does not say. */
  readonly priceMicros?: number;
  readonly today: { readonly spentMicros: number; readonly limitMicros?: number; readonly endsAt: string };
  readonly thisMonth: { readonly spentMicros: number; readonly limitMicros?: number; readonly endsAt: string };
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
  readonly recipient: RecipientFacts;
  /** Over all linked aliases of the person, in any order. */
  readonly consents: readonly ConsentStatement[];
  /** Meta's time of the person's last message or call to this sender. */
  readonly lastInboundAt?: string;
  /** Until when Meta charges nothing, because the person came by an advertisement or a page's button. */
  readonly freeUntil?: string;
  readonly content:
    | { readonly kind: 'template'; readonly template: TemplateFacts }
    | { readonly kind: 'free-form'; readonly type: string };
  readonly sender: SenderFacts;
  /** What `examineContent` found; missing where nobody looked, as where the words are erased. */
  readonly findings?: ContentFindings;
  readonly countries?: CountriesPolicy;
  readonly quietHours?: { readonly channel?: QuietHours; readonly workspace?: QuietHoursPolicy };
  /** Each cap of the channel and of the workspace, with what this person has had. */
  readonly caps?: readonly CapUsage[];
  readonly portfolio?: PortfolioFacts;
  readonly heldBack?: HeldBackFacts;
  /** Whether the workspace's trade is regulated. */
  readonly regulated?: boolean;
  readonly spend?: SpendFacts;
}
