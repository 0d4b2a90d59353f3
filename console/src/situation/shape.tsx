import type { Tone } from './tones.ts';

/** A shape beside each colour, so that nobody needs the colour: a tick in a disc, a bar in a triangle, a cross in a square. */
const PATHS: Readonly<Record<Tone, readonly [outline: string, sign: string]>> = {
  good: ['M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z', 'M6.5 12.5l3.8 3.8l7.2-8.2'],
  fair: ['M12 1.5L23.5 22H.5z', 'M12 8.5v6M12 18v.6'],
  poor: ['M2 2h20v20H2z', 'M7 7l10 10M17 7L7 17'],
  unknown: ['M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z', 'M8 12h8'],
};

export function Shape({ tone }: { tone: Tone }) {
  const [outline, sign] = PATHS[tone];
  return (
    <svg className={`shape tone-${tone}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={outline} fill="currentColor" />
      <path d={sign} className="shape-sign" />
    </svg>
  );
}
