import { useEffect } from 'react';
import { useAddress } from './address.ts';

/**
 * The large screen (大屏): what hangs on a control room's wall is read from far off and has no one at its keyboard. Pages find
 * `data-wall` on the document; the frame leaves all but the page's name out.
 */
export function useWall(): [boolean, (isWall: boolean) => void] {
  const [wall, set] = useAddress('wall');
  return [wall === '1', (isWall) => set(isWall ? '1' : undefined)];
}

/** Marks the document, for styles. */
export function useWallMark(): void {
  const [isWall] = useWall();
  useEffect(() => {
    document.documentElement.toggleAttribute('data-wall', isWall);
  }, [isWall]);
}
