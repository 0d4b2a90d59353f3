import type { ReactNode } from 'react';

/** What may be wider than the window; the keyboard reaches it and the arrow keys move it. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
