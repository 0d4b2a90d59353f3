/** One step of the schema. Once it was released it is never edited: a further step mends it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}
