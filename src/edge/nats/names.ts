/** What a season's logs are called in NATS. */
export interface NatsNames {
  /** Where parts of batches for a log are published, and the stream that keeps them until they are in the log. */
  subject(log: number): string;
  stream(log: number): string;
  /** Where the owner of a log is asked. */
  call(log: number, name: string): string;
  /** Where workers say that they are there. */
  readonly workers: string;
}

/** The one consumer of each stream: the owner of the log. */
export const CONSUMER = 'owner';

/** Says where outcomes are to go: the reply subject proper is where the server confirms. */
export const ANSWER_TO = 'Answer-To';

export function natsNames(season: string): NatsNames {
  // Ids of seasons are letters, digits, hyphens and a dot before the run; dots part subjects.
  const token = season.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  return {
    subject: (log) => `scans.${token}.${log}`,
    stream: (log) => `scans-${token}-${log}`,
    call: (log, name) => `track.${token}.${log}.${name}`,
    workers: `track.${token}.workers`,
  };
}
