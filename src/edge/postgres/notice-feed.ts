import type { Pool } from 'pg';
import { wordsOf } from './binary-row.js';

/** What concerns one audience in one entry of a shard's journal. */
export interface NoticeRow {
  readonly seq: number;
  /** The gate's clock when the entry was closed, milliseconds since 1970. */
  readonly at: number;
  readonly audience: number;
  /** NOTICE words each (src/gate/owner/notices.ts). */
  readonly words: Int32Array;
}

/** Reads what shippers and others are to be told, in the order of the journals. */
export class NoticeFeed {
  /** @param ledger sessions that act as the ledger (connect.ts). */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
  ) {}

  /**
   * Notices of a shard's entries after `seq`, by entry and audience.
   *
   * @param audiences whose; all of them if undefined.
   * @param most rows, and as many more as the last entry has.
   */
  async after(
    shard: number,
    audiences: readonly number[] | undefined,
    seq: number,
    most: number,
  ): Promise<NoticeRow[]> {
    const { rows } = await this.ledger.query<{
      seq: number;
      at: number;
      audience: number;
      words: Buffer;
    }>({
      name: audiences ? 'notices' : 'all-notices',
      text: audiences ? NOTICES : ALL_NOTICES,
      values: [this.season, shard, seq, most, ...(audiences ? [audiences] : [])],
    });
    return rows.map(({ words, ...row }) => ({ ...row, words: wordsOf(words) }));
  }
}

const ALL_NOTICES = `
  SELECT seq, at, audience, notice.words
  FROM gate_notice AS notice JOIN gate_journal USING (season, shard, seq)
  WHERE season = $1 AND shard = $2 AND seq > $3
  ORDER BY seq FETCH FIRST ($4::int) ROWS WITH TIES`;

/** The first of each audience by its index, then the first of those. */
const NOTICES = `
  SELECT seq, at, audience, notice.words
  FROM unnest($5::int[]) AS asked, LATERAL (
    SELECT season, shard, seq, audience, words FROM gate_notice
    WHERE season = $1 AND shard = $2 AND audience = asked AND seq > $3
    ORDER BY seq LIMIT $4::int
  ) AS notice JOIN gate_journal USING (season, shard, seq)
  ORDER BY seq FETCH FIRST ($4::int) ROWS WITH TIES`;
