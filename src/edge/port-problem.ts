/** What is said of a port that could not be listened at, and what to do. */
export function portProblem(port: number, error: unknown): unknown {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return taken ? new Error(`port ${port} is taken; name another with --port`) : error;
}
