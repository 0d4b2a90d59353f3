import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import type { Credentials, Session } from '../../../src/client/api.ts';
import { api, CallProblem, sendAs } from '../api/client.ts';
import { useDemonstration } from '../api/demonstration.ts';
import { forgetWork } from './work.ts';

/** Who has signed in here, and how that changes. */
export interface SignedIn {
  /** Undefined: nobody. */
  readonly viewer: Session | undefined;
  /** Everything here is made up, and a night is there to open with. */
  readonly isDemonstration: boolean;
  readonly signIn: (credentials: Credentials) => Promise<void>;
  readonly signOut: () => Promise<void>;
}

/**
 * Kept in the browser: that somebody signed in here, so that a first visit asks nothing that is sure to be refused. The session
 * itself is a cookie that no page can read.
 */
const HINT = 'cuofeng.signed-in';

export function expectSession(): void {
  window.localStorage.setItem(HINT, 'yes');
}

const SessionContext = createContext<SignedIn | undefined>(undefined);

export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session above this part of the page');
  return session;
}

/** Whoever has signed in; only below what asks for somebody. */
export function useViewer(): Session {
  const { viewer } = useSession();
  if (!viewer) throw new Error('nobody has signed in');
  return viewer;
}

export const SESSION = ['session'];

/** `children` are shown when it is known who asks; what was asked as somebody else is forgotten. */
export function SessionProvider({
  children,
}: {
  children: (viewer: Session | undefined) => ReactNode;
}) {
  const queries = useQueryClient();
  const query = useQuery({ queryKey: SESSION, queryFn: findSession });
  const demonstration = useDemonstration();
  const isDemonstration = demonstration.data?.night === true;
  const signIn = useCallback(
    async (credentials: Credentials) => {
      const session = await api.signIn(credentials);
      expectSession();
      forgetWork();
      sendAs(session.csrf);
      forgetAnswers(queries);
      queries.setQueryData(SESSION, session);
    },
    [queries],
  );
  const signOut = useCallback(async () => {
    await api.signOut().catch(ignoreUnknown);
    window.localStorage.removeItem(HINT);
    forgetWork();
    sendAs(undefined);
    queries.setQueryData(SESSION, null);
    forgetAnswers(queries);
  }, [queries]);
  const viewer = query.data ?? undefined;
  const value = useMemo(
    () => ({ viewer, isDemonstration, signIn, signOut }),
    [viewer, isDemonstration, signIn, signOut],
  );
  // Nobody's first page depends on it.
  if (query.isPending || (!viewer && demonstration.isPending)) return null;
  return <SessionContext value={value}>{children(viewer)}</SessionContext>;
}

/** What the person before was answered; what is everybody's stays. */
function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({
    predicate: ({ queryKey: [what] }) => what !== SESSION[0] && what !== 'demonstration',
  });
}

async function findSession(): Promise<Session | null> {
  if (window.localStorage.getItem(HINT) === null) return null;
  try {
    const session = await api.getSession();
    sendAs(session.csrf);
    return session;
  } catch (error) {
    ignoreUnknown(error);
    return null;
  }
}

/** Nobody is known, or this server knows nobody. */
function ignoreUnknown(error: unknown): void {
  if (!(error instanceof CallProblem && (error.status === 401 || error.status === 404)))
    throw error;
}
