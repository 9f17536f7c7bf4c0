/** Things with a due time, earliest first; equal times keep their order. A binary heap. */
export class Agenda<T extends { dueMs: number }> {
  private heap: { item: T; order: number }[] = [];
  private nextOrder = 0;

  get size(): number {
    return this.heap.length;
  }

  get nextDueMs(): number | undefined {
    return this.heap[0]?.item.dueMs;
  }

  items(): T[] {
    return [...this.heap].sort(before).map((entry) => entry.item);
  }

  clear(): void {
    this.heap = [];
  }

  add(item: T): void {
    const heap = this.heap;
    const entry = { item, order: this.nextOrder };
    this.nextOrder += 1;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || before(above, entry) <= 0) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** The earliest item if it is due by `nowMs`. */
  take(nowMs: number): T | undefined {
    const heap = this.heap;
    const first = heap[0];
    if (!first || first.item.dueMs > nowMs) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) sink(heap, last);
    return first.item;
  }
}

type Entry = { item: { dueMs: number }; order: number };

function before(a: Entry, b: Entry): number {
  return a.item.dueMs - b.item.dueMs || a.order - b.order;
}

function sink<E extends Entry>(heap: E[], entry: E): void {
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    let below = heap[child];
    if (!below) break;
    const right = heap[child + 1];
    if (right && before(right, below) < 0) {
      child += 1;
      below = right;
    }
    if (before(entry, below) <= 0) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = entry;
}
