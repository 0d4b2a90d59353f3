/** How far somebody has read a shard's notices: all before change `index` of entry `seq`. */
export interface Position {
  readonly shard: number;
  readonly seq: number;
  readonly index: number;
}

/** Positions as one text for the caller to keep. */
export function cursorText(positions: readonly Position[]): string {
  return positions.map(({ shard, seq, index }) => `${shard}.${seq}.${index}`).join('-');
}

/** The positions in a cursor, or undefined where the text is none. */
export function parseCursor(text: string): Position[] | undefined {
  const positions: Position[] = [];
  for (const part of text.split('-')) {
    const match = /^(\d{1,5})\.(\d{1,15})\.(\d{1,10})$/.exec(part);
    if (!match) return undefined;
    const [shard, seq, index] = match.slice(1).map(Number);
    positions.push({ shard, seq, index });
  }
  return positions;
}
