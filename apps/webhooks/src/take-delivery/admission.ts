/** A delivery's share of the memory that deliveries may take together. */
export interface Ticket {
  /** Asks for room for further bytes; false where there is none. */
  take(bytes: number): boolean;
  leave(): void;
}

export interface Admission {
  /** Undefined where enough are at work already. */
  enter(): Ticket | undefined;
}

/** Keeps memory bounded: what does not fit is told to come again, and does, since Meta repeats for days. */
export function admission({ deliveriesMax, bytesMax }: { deliveriesMax: number; bytesMax: number }): Admission {
  let deliveries = 0;
  let bytes = 0;
  return {
    enter() {
      if (deliveries >= deliveriesMax || bytes >= bytesMax) return undefined;
      deliveries += 1;
      let taken = 0;
      let left = false;
      return {
        take(more) {
          if (bytes + more > bytesMax) return false;
          bytes += more;
          taken += more;
          return true;
        },
        leave() {
          if (left) return;
          left = true;
          deliveries -= 1;
          bytes -= taken;
        },
      };
    },
  };
}
