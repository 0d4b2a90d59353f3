/** An answer that is not 2xx, with what its problem+json says. */
export class AnswerProblem extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
    this.name = 'AnswerProblem';
  }
}

/** Asks the API; throws AnswerProblem for what it refuses, TypeError when it does not answer. */
export async function ask<T>(
  path: string,
  query: Record<string, string | number>,
  signal: AbortSignal,
): Promise<T> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) search.set(key, String(value));
  const text = search.toString();
  return answerOf(await fetch(`/v1/${path}${text === '' ? '' : `?${text}`}`, { signal }));
}

/** Asks the API to change something; throws as `ask` does. Undefined where it answers nothing. */
export async function send<T = undefined>(
  method: 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<T> {
  const json = { 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { headers: json, body: JSON.stringify(body) };
  return answerOf(await fetch(`/v1/${path}`, { method, ...sent }));
}

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new AnswerProblem(response.status, await detailOf(response));
  const answer: T = response.status === 204 ? undefined : await response.json();
  return answer;
}

async function detailOf(response: Response): Promise<string> {
  try {
    const problem: { detail?: string } = await response.json();
    return problem.detail ?? response.statusText;
  } catch {
    return response.statusText;
  }
}
