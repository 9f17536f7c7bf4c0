/** Of a sender's rate this share is kept for what we send, however much comes in; it cannot be stopped by being written to. */
const leastShare = 0.1;

/** How fast a sender may send while so much comes in: Meta counts both ways together. */
export const roomFor = (throughputPerSecond: number, inboundPerSecond: number): number =>
  Math.max(throughputPerSecond * leastShare, throughputPerSecond - inboundPerSecond);
