import { Fault } from '@postrider/decider';
import type { TemplateDefinition } from '@postrider/event-contracts';
import type { SeenTemplate } from '../template/seen-at-meta.decider';

/** What the life of a template needs of Meta, for one account; `cloud-api-client` stands behind it. */
export interface TemplatesAtMeta {
  create(definition: TemplateDefinition): Promise<{ metaTemplateId: string; status: string; category?: string }>;
  /** Replaces the words of a template that Meta knows; it goes into review again. */
  edit(metaTemplateId: string, definition: TemplateDefinition): Promise<void>;
  /** Deletes one language of a name. */
  remove(name: string, metaTemplateId: string): Promise<void>;
  /** Lifts a pause; Meta may say that it does not, and why. */
  unpause(metaTemplateId: string): Promise<{ lifted: boolean; because?: string }>;
  /** Undefined where Meta has no such template. */
  one(metaTemplateId: string): Promise<SeenTemplate | undefined>;
  /** Every template of the account, page after page. */
  all(): AsyncIterable<readonly SeenTemplate[]>;
  /** By a resumable upload; gives the handle. */
  uploadSample(file: { filename: string; mimeType: string; bytes: Uint8Array }): Promise<string>;
  /** Meta's own counts by day, in the order of days. */
  counts(metaTemplateId: string, period: { from: Date; to: Date }): Promise<DayAtMeta[]>;
  /** Cannot be undone. */
  enableInsights(): Promise<void>;
}

/** What Meta counted of a template on one day. */
export interface DayAtMeta {
  readonly day: string;
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
  readonly clicked: number;
}

/** Meta took the call and said no: `details` is what an author can act on. */
export class MetaSaidNo extends Error {
  override readonly name = 'MetaSaidNo';
  constructor(
    readonly metaCode: number | undefined,
    readonly details: string,
  ) {
    super(`Meta said no (${metaCode ?? 'without a code'}): ${details}`);
  }
}

/** Meta could not be reached, or answered with a fault of its own; nothing was learnt. */
export class MetaUnreachable extends Fault {
  constructor(message: string, cause?: unknown) {
    super({ code: 'unavailable', message, publicText: 'Meta cannot be reached just now.', retryable: true, cause });
  }
}
