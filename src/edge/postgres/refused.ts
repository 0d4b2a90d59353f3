/** A database that cannot be used as it is, and what to do about it. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';

  constructor(
    readonly fault: string,
    readonly cure: string,
    cause?: unknown,
  ) {
    super(`${fault} ${cure}`, { cause });
  }
}

/** An error's code: the system's (ECONNREFUSED) or PostgreSQL's (42501). */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** PostgreSQL's classes and codes of a server that is not to be reached, ends, starts, has no room, or takes too long. */
const AWAY = /^(08...|57P0[123]|57014|53300|ECONN[A-Z]+|EPIPE|ETIMEDOUT|ENOENT)$/;

/** What the driver says without a code. */
const CUT_OFF =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** Whether an error of the driver is the database's being away: what was under way is unknown, and may be tried again. */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  if (typeof code === 'string') return AWAY.test(code);
  return error instanceof Error && CUT_OFF.test(error.message);
}
