import type { ReactNode } from 'react';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  /** What it is to be held against. */
  readonly children?: ReactNode;
}

/** One of the large figures at the head of a page, in a `dl` of class `figures`. */
export function Figure({ name, value, unit, children }: FigureProps) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong> <span>{unit}</span>
        <small>{children}</small>
      </dd>
    </div>
  );
}
