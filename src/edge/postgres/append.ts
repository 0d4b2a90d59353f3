import type { JournalEntry, Notices } from '../../gate/owner/journal-store.js';
import { bytesOf } from './binary-row.js';

/**
 * Appends an entry with its notices: one statement, which is one transaction in one round trip.
 *
 * The epoch is read FOR SHARE. `take` updates that row, which asks for FOR NO KEY UPDATE: the two exclude each
 * other, so `take` waits for what an older owner has under way, and an append that waited for `take` reads the
 * row again and finds its epoch gone. FOR KEY SHARE would let both through at once: it only keeps the row's key.
 * Appends of one shard come one after the other, so that nobody waits for this in normal times.
 *
 * Its number is free if the entry before is there and it itself is not; another attempt under way is waited for.
 */
export const APPEND = `
WITH fence AS (
  SELECT 1 FROM gate_shard WHERE season = $1 AND shard = $2 AND epoch = $4 FOR SHARE
), predecessor AS (
  SELECT 1 WHERE $3::bigint = 1
  UNION ALL
  SELECT 1 FROM gate_journal WHERE season = $1 AND shard = $2 AND seq = $3 - 1
), entry AS (
  INSERT INTO gate_journal (season, shard, seq, epoch, at, first_row, rows, words, ids, hash)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM fence, predecessor
  ON CONFLICT (season, shard, seq) DO NOTHING
  RETURNING 1
), told AS (
  INSERT INTO gate_notice (season, shard, seq, audience, words)
  SELECT $1, $2, $3, notice.audience, substring($14::bytea FROM notice.start FOR notice.bytes)
  FROM entry, unnest($11::int[], $12::int[], $13::int[]) AS notice (audience, start, bytes)
)
SELECT CASE
  WHEN NOT EXISTS (SELECT FROM fence) THEN 'fenced'
  WHEN EXISTS (SELECT FROM entry) THEN 'appended'
  WHEN EXISTS (SELECT FROM predecessor) THEN 'taken'
  ELSE 'gap'
END AS outcome`;

/** What goes into `APPEND`. */
export function appendValues(season: string, shard: number, entry: JournalEntry): unknown[] {
  const { seq, epoch, at, firstRow, rows, words, ids, notices, hash } = entry;
  const columns = [bytesOf(words), bytesOf(ids), bytesOf(hash)];
  return [season, shard, seq, epoch, at, firstRow, rows, ...columns, ...noticeValues(notices)];
}

/** Audiences, where the words of each begin (from 1) and how many bytes they have, and all words in one. */
function noticeValues(notices: readonly Notices[]): unknown[] {
  let end = 1;
  const starts = notices.map(({ words }) => {
    const start = end;
    end += words.byteLength;
    return start;
  });
  return [
    notices.map(({ audience }) => audience),
    starts,
    notices.map(({ words }) => words.byteLength),
    Buffer.concat(notices.map(({ words }) => bytesOf(words))),
  ];
}
