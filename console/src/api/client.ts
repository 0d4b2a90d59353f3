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
  const response = await fetch(`/v1/${path}${text === '' ? '' : `?${text}`}`, { signal });
  if (!response.ok) throw new AnswerProblem(response.status, await detailOf(response));
  const answer: T = await response.json();
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
