import type { Database } from '../postgres/database.js';

/** Which number the ledger has for an organisation. */
export interface ShipperNumbers {
  /** The organisation's number, if it has one that this process has heard of. */
  find(organisation: string): number | undefined;
  /** The organisation's number; the next one if it had none. */
  number(organisation: string): Promise<number>;
  /** The organisation of a number that the journal names; its number, where nobody told this process whose. */
  organisation(number: number): string;
  /** Hears of shippers that other processes gave a number. */
  refresh(): Promise<void>;
}

/**
 * Numbers of the organisations that ask for tickets: the ledger names them by number, for good. Those of the
 * scenario have its numbers; others get the next one when they first ask.
 */
export class Shippers implements ShipperNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #organisations = new Map<number, string>();

  private constructor(
    private readonly database: Database,
    private readonly season: string,
  ) {}

  /** @param ids organisations numbered 0, 1, … by the scenario. */
  static async open(database: Database, season: string, ids: readonly string[]): Promise<Shippers> {
    const shippers = new Shippers(database, season);
    await database.transact({ as: 'ledger' }, async (client) => {
      await client.query(
        `INSERT INTO gate_shipper (season, number, organisation)
         SELECT $1, n - 1, id FROM unnest($2::text[]) WITH ORDINALITY AS t (id, n)
         ON CONFLICT DO NOTHING`,
        [season, ids],
      );
    });
    await shippers.refresh();
    return shippers;
  }

  find(organisation: string): number | undefined {
    return this.#numbers.get(organisation);
  }

  organisation(number: number): string {
    return this.#organisations.get(number) ?? String(number);
  }

  async number(organisation: string): Promise<number> {
    const known = this.#numbers.get(organisation);
    if (known !== undefined) return known;
    await this.database.transact({ as: 'ledger' }, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('gate_shipper ' || $1))", [
        this.season,
      ]);
      await client.query(
        `INSERT INTO gate_shipper (season, number, organisation)
         SELECT $1, COALESCE(MAX(number), -1) + 1, $2 FROM gate_shipper WHERE season = $1
         ON CONFLICT DO NOTHING`,
        [this.season, organisation],
      );
    });
    await this.refresh();
    const number = this.#numbers.get(organisation);
    if (number === undefined) throw new Error(`shipper ${organisation} was given no number`);
    return number;
  }

  async refresh(): Promise<void> {
    const { rows } = await this.database.transact({ as: 'ledger' }, (client) =>
      client.query('SELECT number, organisation FROM gate_shipper WHERE season = $1', [
        this.season,
      ]),
    );
    for (const { number, organisation } of rows) {
      this.#numbers.set(organisation, number);
      this.#organisations.set(number, organisation);
    }
  }
}
