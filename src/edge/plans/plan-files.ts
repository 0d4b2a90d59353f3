import type { PlanInFiles } from '../../network/read-plan.js';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import type { PlanNotes } from '../postgres/plan-notes.js';
import type { PlanShelf } from './plan-shelf.js';
import type { EachTicketed } from './tickets-in-force.js';

/** A season's plans as planning finds and leaves them. */
export class PlanFiles {
  constructor(
    readonly database: PostgresDatabase,
    readonly season: GateSeason,
    readonly notes: PlanNotes,
    readonly shelf: PlanShelf,
    readonly eachTicketed: EachTicketed,
  ) {}

  /** A version's plan; undefined where there is none, or its files are not here. */
  async read(version: number): Promise<PlanInFiles | undefined> {
    const found = await this.notes.find(version);
    if (!found?.note || !(await this.shelf.has(found.note.files))) return undefined;
    return this.shelf.read(found.note.files);
  }
}
