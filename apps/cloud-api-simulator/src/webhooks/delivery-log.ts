export interface Attempt {
  atMs: number;
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  error?: string;
  tookMs: number;
}

export interface Delivery {
  id: number;
  url: string;
  appId: string;
  createdAtMs: number;
  updates: number;
  bytes: number;
  /** What it carried, in a few words each; cut after 20. */
  about: string[];
  /** The exact body; the oldest are forgotten first. */
  body?: string;
  signature?: string;
  state: 'sending' | 'delivered' | 'retrying' | 'given-up';
  attempts: Attempt[];
}

const deliveriesKept = 20_000;

/** Every webhook POST, newest kept. */
export class DeliveryLog {
  private deliveries = new Map<number, Delivery>();
  private bodies: number[] = [];
  private bodyBytes = 0;

  constructor(private readonly bytesKept: () => number) {}

  add(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery);
    this.bodies.push(delivery.id);
    this.bodyBytes += delivery.bytes;
    while (this.bodyBytes > this.bytesKept() && this.bodies.length > 1) this.forgetBody();
    if (this.deliveries.size > deliveriesKept) this.forgetOldest();
  }

  find(id: number): Delivery | undefined {
    return this.deliveries.get(id);
  }

  list(after: number, limit: number): Delivery[] {
    const found: Delivery[] = [];
    for (const delivery of this.deliveries.values()) {
      if (delivery.id > after && found.push(delivery) >= limit) break;
    }
    return found;
  }

  newest(count: number): Delivery[] {
    return [...this.deliveries.values()].slice(-count).reverse();
  }

  clear(): void {
    this.deliveries.clear();
    this.bodies = [];
    this.bodyBytes = 0;
  }

  private forgetBody(): void {
    const delivery = this.deliveries.get(this.bodies.shift() ?? 0);
    if (!delivery) return;
    this.bodyBytes -= delivery.bytes;
    delete delivery.body;
  }

  private forgetOldest(): void {
    const [oldest] = this.deliveries.keys();
    if (oldest === undefined) return;
    if (this.deliveries.get(oldest)?.body !== undefined && this.bodies[0] === oldest) this.forgetBody();
    this.deliveries.delete(oldest);
  }
}
