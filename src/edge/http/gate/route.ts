import { type TSchema, Type } from 'typebox';
import { ProblemSchema } from './schema.js';

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'not to be read',
  401: 'no key or session, or one no longer in force',
  403: 'not for this role',
  404: 'not there, or not for this organisation',
  406: 'answers are not of that form, or of that version',
  408: 'the body did not come in time',
  409: 'it stands otherwise by now',
  413: 'too large',
  415: 'no such content type',
  422: 'not of the form asked for',
  429: 'too much of this organisation is under way; see Retry-After',
  500: 'the server failed',
  503: 'not now, or it is not known yet whether it was done; see Retry-After',
};
const NOTHING = Type.Null({ description: 'done' });
/** A body that nobody asked for is read, or refused, all the same. */
const ALWAYS = [400, 401, 403, 408, 413, 415, 422, 429, 500, 503];

interface Described {
  /** What it is called in OpenAPI and the client. */
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly params?: TSchema;
  readonly querystring?: TSchema;
  readonly body?: TSchema;
  /** What a 2xx answer holds, by status; null where it holds nothing, a text that is not JSON. */
  readonly answers: Readonly<Record<number, TSchema | null | TextType>>;
  /** Statuses that are this route's own. */
  readonly problems?: readonly number[];
  /** Whether anybody may call it. */
  readonly open?: boolean;
}

/** Texts that are not JSON. */
type TextType = 'text/plain' | 'text/event-stream';

/** Schema of a route, with every error it may answer. */
export function operation<const D extends Described>(described: D): D & Answered {
  const { answers, problems = [], open } = described;
  const errors = [...ALWAYS, ...problems];
  const response = [
    ...Object.entries(answers).map(([status, schema]) => [status, answerSchema(schema)]),
    ...errors.map((status) => [status, problemAnswer(status)]),
  ];
  return {
    ...described,
    ...(open && { security: [] }),
    response: Object.fromEntries(response),
  };
}

interface Answered {
  readonly response: unknown;
  readonly security?: [];
}

function answerSchema(schema: TSchema | null | TextType): object {
  if (schema === null) return NOTHING;
  if (typeof schema !== 'string') return schema;
  return { description: 'text', content: { [schema]: { schema: Type.String() } } };
}

function problemAnswer(status: number): object {
  return {
    description: PROBLEMS[status],
    content: { 'application/problem+json': { schema: ProblemSchema } },
  };
}
