import type { ClientBase } from 'pg';
import type { Database } from '../postgres/database.js';

const DAY_MS = 86_400_000;

/** Parcels are followed for so long after they were declared: longer than any promise. Then they leave. */
const FOLLOWED_MS = 14 * DAY_MS;

/** Parcels that an organisation follows at a time; more make its progress slow to read. */
const FOLLOWED_MOST = 1_000_000;

/** Rows read at a time. */
const PAGE = 10_000;

/** A parcel as it is declared. */
export interface OwnParcel {
  readonly operator: string;
  /** Four words of the keyed hash, little-endian. */
  readonly parcel: Buffer;
  readonly ticket: string;
}

export interface DeclaredParcel extends OwnParcel {
  /** By the season's clock, ms since 1970. */
  readonly declaredAt: number;
}

/** What became of a declaration; `ticket-full`: its ticket has no parcel left. */
export type DeclareOutcome = 'declared' | 'duplicate' | 'ticket-full' | 'too-many';

/** Which parcels platforms have declared theirs in a season; each sees its own only, by row-level security. */
export class OwnParcels {
  constructor(
    private readonly database: Database,
    private readonly season: string,
  ) {}

  /**
   * Declares parcels, each once; as many under a ticket as it has.
   *
   * @param most parcels of each ticket; of those that are not in it, any number.
   * @param now the season's clock, ms since 1970.
   */
  declare(
    organisation: string,
    parcels: readonly OwnParcel[],
    most: ReadonlyMap<string, number>,
    now: number,
  ): Promise<DeclareOutcome[]> {
    return this.#transact(organisation, async (client) => {
      await client.query(
        "SELECT pg_advisory_xact_lock(hashtext('track_parcel ' || $1::text || $2::text))",
        [this.season, organisation],
      );
      await client.query('DELETE FROM track_parcel WHERE season = $1 AND declared_at < $2', [
        this.season,
        new Date(now - FOLLOWED_MS),
      ]);
      const known = await this.#known(client, parcels);
      const used = await this.#used(client, parcels);
      const fresh: OwnParcel[] = [];
      const outcomes = parcels.map((each): DeclareOutcome => {
        const key = each.parcel.toString('latin1');
        if (known.has(key)) return 'duplicate';
        const count = used.byTicket.get(each.ticket) ?? 0;
        if (count >= (most.get(each.ticket) ?? FOLLOWED_MOST)) return 'ticket-full';
        if (used.all + fresh.length >= FOLLOWED_MOST) return 'too-many';
        known.add(key);
        used.byTicket.set(each.ticket, count + 1);
        fresh.push(each);
        return 'declared';
      });
      await this.#insert(client, organisation, fresh, now);
      return outcomes;
    });
  }

  /** Whether the organisation has declared a parcel. */
  async has(organisation: string, parcel: Buffer): Promise<boolean> {
    const { rowCount } = await this.#transact(organisation, (client) =>
      client.query('SELECT FROM track_parcel WHERE season = $1 AND parcel = $2', [
        this.season,
        parcel,
      ]),
    );
    return rowCount === 1;
  }

  /** All that an organisation has declared, page by page, in the order of their hashes. */
  async *read(organisation: string): AsyncGenerator<DeclaredParcel[]> {
    let after: Buffer = Buffer.alloc(0);
    for (;;) {
      const { rows } = await this.#transact(organisation, (client) =>
        client.query<DeclaredParcel>(
          `SELECT operator, parcel, ticket, extract(epoch FROM declared_at)::float8 * 1000 AS "declaredAt"
           FROM track_parcel WHERE organisation = $1 AND season = $2 AND parcel > $3
           ORDER BY parcel LIMIT $4`,
          [organisation, this.season, after, PAGE],
        ),
      );
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].parcel;
    }
  }

  async #known(client: ClientBase, parcels: readonly OwnParcel[]): Promise<Set<string>> {
    const { rows } = await client.query<{ parcel: Buffer }>(
      'SELECT parcel FROM track_parcel WHERE season = $1 AND parcel = ANY ($2)',
      [this.season, parcels.map(({ parcel }) => parcel)],
    );
    return new Set(rows.map(({ parcel }) => parcel.toString('latin1')));
  }

  async #used(client: ClientBase, parcels: readonly OwnParcel[]) {
    const tickets = [...new Set(parcels.map(({ ticket }) => ticket))];
    const { rows } = await client.query<{ ticket: string; count: string }>(
      `SELECT ticket, count(*) FROM track_parcel WHERE season = $1 AND ticket = ANY ($2) GROUP BY ticket`,
      [this.season, tickets],
    );
    const all = await client.query<{ count: string }>(
      'SELECT count(*) FROM track_parcel WHERE season = $1',
      [this.season],
    );
    const byTicket = new Map(rows.map(({ ticket, count }) => [ticket, Number(count)]));
    return { byTicket, all: Number(all.rows[0].count) };
  }

  async #insert(
    client: ClientBase,
    organisation: string,
    fresh: readonly OwnParcel[],
    now: number,
  ): Promise<void> {
    await client.query(
      `INSERT INTO track_parcel (organisation, season, operator, parcel, ticket, declared_at)
       SELECT $1, $2, o, p, t, $6 FROM unnest($3::text[], $4::bytea[], $5::text[]) AS rows (o, p, t)`,
      [
        organisation,
        this.season,
        fresh.map(({ operator }) => operator),
        fresh.map(({ parcel }) => parcel),
        fresh.map(({ ticket }) => ticket),
        new Date(now),
      ],
    );
  }

  #transact<T>(organisation: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.database.transact({ as: 'member', organisation }, work);
  }
}
