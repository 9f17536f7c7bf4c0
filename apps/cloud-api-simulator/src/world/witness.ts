/** One accepted message. Small on purpose: a hundred thousand of them are kept. */
export interface MessageRecord {
  seq: number;
  wamid: string;
  phoneNumberId: string;
  /** As the caller gave it: a phone number or a BSUID. */
  input: string;
  /** Digits, when addressed by phone. */
  phone?: string;
  userId: string;
  type: string;
  category: string;
  templateId?: string;
  callbackData?: string;
  pricingType: string;
  viaMarketingApi: boolean;
  /** The conversation id that webhook versions before 24 carry. */
  freeEntryUntilMs?: number;
  acceptedAtMs: number;
  /** The request body as received. */
  body: string;
  heldForQuality?: boolean;
  statuses: WitnessedStatus[];
}

export interface WitnessedStatus {
  status: string;
  /** Milliseconds after acceptance. */
  afterMs: number;
  code?: number;
  /** Ids of the webhook POSTs that carried it. */
  deliveries: number[];
}

export interface MessageQuery {
  to?: string;
  phoneNumberId?: string;
  after?: number;
  limit: number;
}

/** What was accepted, newest kept, in order of acceptance. */
export class Witness {
  private records: MessageRecord[] = [];
  private forgotten = 0;
  private readonly byWamid = new Map<string, MessageRecord>();
  private nextSeq = 1;

  constructor(private readonly kept: () => number) {}

  add(record: Omit<MessageRecord, 'seq'>): MessageRecord {
    const numbered = Object.assign(record, { seq: this.nextSeq }) as MessageRecord;
    this.nextSeq += 1;
    this.records.push(numbered);
    this.byWamid.set(numbered.wamid, numbered);
    if (this.records.length - this.forgotten > this.kept()) this.forgetOldest();
    return numbered;
  }

  find(wamid: string): MessageRecord | undefined {
    return this.byWamid.get(wamid);
  }

  get total(): number {
    return this.nextSeq - 1;
  }

  query(query: MessageQuery): MessageRecord[] {
    const found: MessageRecord[] = [];
    const to = query.to?.startsWith('+') ? query.to.slice(1) : query.to;
    for (let i = this.firstAfter(query.after ?? 0); i < this.records.length && found.length < query.limit; i += 1) {
      const record = this.records[i];
      if (!record) continue;
      if (to !== undefined && record.phone !== to && record.userId !== to && record.input !== query.to) continue;
      if (query.phoneNumberId !== undefined && record.phoneNumberId !== query.phoneNumberId) continue;
      found.push(record);
    }
    return found;
  }

  newest(count: number): MessageRecord[] {
    return this.records.slice(Math.max(this.forgotten, this.records.length - count)).reverse();
  }

  /** Messages that pacing holds for a template, oldest first. */
  heldFor(templateId: string): MessageRecord[] {
    return this.records.filter(
      (record, at) => at >= this.forgotten && record.heldForQuality && record.templateId === templateId,
    );
  }

  restore(records: MessageRecord[], total: number): void {
    this.clear();
    this.records = records;
    for (const record of records) this.byWamid.set(record.wamid, record);
    this.nextSeq = total + 1;
  }

  clear(): void {
    this.records = [];
    this.forgotten = 0;
    this.byWamid.clear();
    this.nextSeq = 1;
  }

  /** Sequence numbers ascend without gaps inside the kept range, so a position follows from the first one. */
  private firstAfter(seq: number): number {
    const first = this.records[this.forgotten];
    if (!first) return this.records.length;
    return this.forgotten + Math.max(0, seq - first.seq + 1);
  }

  private forgetOldest(): void {
    const oldest = this.records[this.forgotten];
    if (oldest) this.byWamid.delete(oldest.wamid);
    this.forgotten += 1;
    if (this.forgotten > 10_000) {
      this.records = this.records.slice(this.forgotten);
      this.forgotten = 0;
    }
  }
}
