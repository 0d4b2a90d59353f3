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
