import { useEffect, useState } from 'react';

/** Draws again every second: ages grow while nothing comes. */
export function useEachSecond(): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
}
