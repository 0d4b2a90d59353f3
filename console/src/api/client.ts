import { Api } from '../../../src/client/api.ts';
import { CallProblem } from '../../../src/client/caller.ts';

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
