import { Api } from '../../../src/client/api.ts';
import { type CallOptions, CallProblem, checkAnswer } from '../../../src/client/caller.ts';

export { CallProblem };

/** How this page reaches its server; the session's token comes with the session. */
const connection: { url: string; attempts: number; csrf: string | undefined } = {
  url: window.location.origin,
  // Queries ask again by themselves, and say so in between.
  attempts: 2,
  csrf: undefined,
};

/** What changes anything is sent with this from now on. */
export function sendAs(csrf: string | undefined): void {
  connection.csrf = csrf;
}

/** The server's API. Throws CallProblem for what is refused, TypeError when it does not answer. */
export const api = new Api(connection);

/** Asks what the generated client does not know. */
export async function ask<T>(
  path: string,
  query: Record<string, string | number>,
  { signal }: CallOptions,
): Promise<T> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) search.set(key, String(value));
  const text = search.toString();
  const url = `/v1/${path}${text === '' ? '' : `?${text}`}`;
  return answerOf(await fetch(url, { ...(signal && { signal }) }));
}

async function answerOf<T>(response: Response): Promise<T> {
  await checkAnswer(response);
  const answer: T = response.status === 204 ? undefined : await response.json();
  return answer;
}
