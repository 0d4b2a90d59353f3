/** How to reach a server. */
export interface Connection {
  /** Where it is, without a path. */
  readonly url: string;
  /** The organisation's key. Pages of the server itself have none: browsers send the cookie of their session. */
  readonly key?: string;
  /** Of the session, to be sent with what changes anything (Session.csrf). */
  readonly csrf?: string | undefined;
  /** Tries of a call that the server asks to repeat later; 1: none is repeated. Default 5. */
  readonly attempts?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** A body of NDJSON. */
  readonly lines?: readonly unknown[];
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Asking twice is as good as once: it is repeated even where nobody knows whether it was done. */
  readonly repeatable?: true;
}

/** An answer that is no good one, as RFC 9457 has it. */
export class CallProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
    /** When to ask again; undefined: asking again is of no use. */
    readonly retryAfterSeconds: number | undefined,
    readonly faults: readonly { readonly field: string; readonly text: string }[] = [],
  ) {
    super(detail);
    this.name = 'CallProblem';
  }
}

const ATTEMPTS = 5;

/** Calls a server; a call that it is too busy for is repeated when it says so, with the same ids. */
export class Caller {
  constructor(protected readonly connection: Connection) {}

  protected async call<T>(call: Call, { signal }: CallOptions): Promise<T> {
    const { attempts = ATTEMPTS } = this.connection;
    for (let attempt = 1; ; attempt++) {
      try {
        return await readAnswer<T>(await this.ask(call, signal));
      } catch (error) {
        const seconds = secondsToWait(call, error);
        if (attempt === attempts || seconds === undefined || signal?.aborted) throw error;
        await pause(1000 * seconds, signal);
      }
    }
  }

  /** One try of a call, as it is answered. */
  protected ask(call: Call, signal: AbortSignal | undefined, headers = {}): Promise<Response> {
    const { method, path, body, lines, query = {} } = call;
    const url = new URL(path, this.connection.url);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return fetch(url, {
      method,
      headers: {
        ...identityOf(this.connection),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(lines && { 'content-type': 'application/x-ndjson' }),
        ...headers,
      },
      redirect: 'error',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(lines && { body: lines.map((line) => `${JSON.stringify(line)}\n`).join('') }),
      ...(signal && { signal }),
    });
  }
}

/** Headers that say who asks. */
export function identityOf({ key, csrf }: Connection): Record<string, string> {
  return {
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(csrf !== undefined && { 'x-csrf-token': csrf }),
  };
}

/** @throws CallProblem */
export async function checkAnswer(response: Response): Promise<void> {
  if (response.ok) return;
  const text = await response.text();
  const { title = response.statusText, detail = text, faults } = parseProblem(text);
  const wait = response.headers.get('retry-after');
  const seconds = wait === null ? undefined : Number(wait);
  throw new CallProblem(response.status, title, detail, seconds, faults);
}

async function readAnswer<T>(response: Response): Promise<T> {
  await checkAnswer(response);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return JSON.parse(isJson ? text : JSON.stringify(text));
}

interface ProblemText {
  readonly title?: string;
  readonly detail?: string;
  readonly faults?: readonly { readonly field: string; readonly text: string }[];
}

function parseProblem(text: string): ProblemText {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** 429: it was not done. 503, or no answer at all: nobody knows. */
function secondsToWait({ repeatable }: Call, error: unknown): number | undefined {
  if (!(error instanceof CallProblem))
    return repeatable && error instanceof TypeError ? 1 : undefined;
  return error.status === 429 || repeatable ? error.retryAfterSeconds : undefined;
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
