/**
 * Nothing was promised (P4): what was asked may or may not be done, and asking again with the same ids is safe.
 *
 * - busy: too much is under way; nothing was done;
 * - unsure: the store has not said in time whether it is written;
 * - lost: another owner has the shard.
 */
export class Held extends Error {
  constructor(
    readonly why: 'busy' | 'unsure' | 'lost',
    message: string,
  ) {
    super(message);
    this.name = 'Held';
  }
}
