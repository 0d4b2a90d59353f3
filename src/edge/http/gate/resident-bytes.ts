/** How old the figure may be, milliseconds: in that time bodies of some megabytes come at most. */
const OLD_MS = 50;

/** Resident memory, asked for with every request: reading it takes the system longer than the rest of a small one. */
export function residentBytes(): () => number {
  let readAt = Number.NEGATIVE_INFINITY;
  let bytes = 0;
  return () => {
    const now = performance.now();
    if (now - readAt > OLD_MS) {
      readAt = now;
      bytes = process.memoryUsage.rss();
    }
    return bytes;
  };
}
