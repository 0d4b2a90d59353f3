import type { ClientBase } from 'pg';
import type { PlanSummary } from '../../network/plan-files.js';
import type { PostgresDatabase } from './connect.js';

/** What is kept of a version beside its plan. */
export interface PlanNote {
  /** Folder of its files (edge/plans/plan-shelf.ts). */
  readonly files: string;
  /** Null: whoever has the machine. */
  readonly organisation: string | null;
  readonly actor: string;
  readonly reason: string;
  /** The version whose plan it brings back. */
  readonly restores: number | null;
  readonly summary: PlanSummary;
}

/** A version of a season's plan; without a note where it was published by a program that keeps no files. */
export interface NotedVersion {
  readonly version: number;
  /** The version it was made from; 0: none. */
  readonly base: number;
  readonly madeAt: Date;
  readonly note: PlanNote | undefined;
}

/** Versions of a season's plan with their notes. */
export class PlanNotes {
  constructor(
    private readonly database: PostgresDatabase,
    private readonly season: string,
  ) {}

  /** The newest first. */
  async list(): Promise<NotedVersion[]> {
    const { rows } = await this.database.transact({ as: 'ledger' }, (client) =>
      client.query<Row>(`${SELECT} ORDER BY version DESC`, [this.season]),
    );
    return rows.map(versionOf);
  }

  async find(version: number): Promise<NotedVersion | undefined> {
    const { rows } = await this.database.transact({ as: 'ledger' }, (client) =>
      client.query<Row>(`${SELECT} AND version = $2`, [this.season, version]),
    );
    return rows.map(versionOf)[0];
  }

  /** In the transaction that publishes the version. */
  async write(client: ClientBase, version: number, note: PlanNote): Promise<void> {
    const { files, organisation, actor, reason, restores, summary } = note;
    await client.query(
      `INSERT INTO plan_note (season, version, files, organisation, actor, reason, restores, summary)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [this.season, version, files, organisation, actor, reason, restores, JSON.stringify(summary)],
    );
  }
}

const SELECT = `
  SELECT version, base, made_at AS "madeAt", files, organisation, actor, reason, restores, summary
  FROM gate_plan LEFT JOIN plan_note USING (season, version) WHERE season = $1`;

interface Row {
  readonly version: number;
  readonly base: number;
  readonly madeAt: Date;
  readonly files: string | null;
  readonly organisation: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly restores: number | null;
  readonly summary: string;
}

function versionOf({ version, base, madeAt, files, summary, ...note }: Row): NotedVersion {
  const { organisation, actor, reason, restores } = note;
  const said = { organisation, actor, reason, restores };
  return {
    version,
    base,
    madeAt,
    note: files === null ? undefined : { files, ...said, summary: JSON.parse(summary) },
  };
}
