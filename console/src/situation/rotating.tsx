import { type ReactNode, useEffect, useState } from 'react';

/** How long each is shown, ms: long enough to be read from far off. */
const EACH_MS = 12_000;

/** One after the other in the same place: nobody stands at a wall to scroll. */
export function Rotating({ children }: { children: readonly ReactNode[] }) {
  const [shown, show] = useState(0);
  const n = children.length;
  useEffect(() => {
    const timer = setInterval(() => show((i) => i + 1), EACH_MS);
    return () => clearInterval(timer);
  }, []);
  return <div className="rotating">{children[shown % n]}</div>;
}
