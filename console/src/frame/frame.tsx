import { Button } from 'antd';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../src/client/api.ts';
import { type Page, pages } from '../pages.ts';
import { operatorName } from '../words/operators.ts';
import { kept, usePagePath } from './address.ts';
import { Guard } from './guard.tsx';
import { languageOf } from './language.ts';
import { useSession } from './session.tsx';
import { Loading, Message } from './states.tsx';
import { Switches } from './switches.tsx';
import { firstPage, isFor, listedFor, useTitle } from './titles.ts';
import { useWall, useWallMark } from './wall.ts';
import { WorkList } from './work-list.tsx';

const SignIn = lazy(() => import('./sign-in.tsx'));

/** What stands around every page: the product's name, the pages, who has signed in, language and colours. */
export function Frame() {
  const { t } = useTranslation('frame');
  const { viewer } = useSession();
  const page = useShownPage();
  const title = useTitle();
  useWallMark();
  useEffect(() => {
    document.title = page ? `${title(page)} · ${t('product')}` : t('product');
  });
  return (
    <>
      <header className="frame-header">
        <div className="frame-name">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <strong>{t('product')}</strong>
          <span className="frame-tagline">{t('tagline')}</span>
          {page && <span className="frame-wall-title">{title(page)}</span>}
        </div>
        <PageList chosen={page} />
        <WorkList />
        <Who />
        <Switches />
        <LeaveWall />
      </header>
      <main className="frame-main">
        <Guard key={`${page?.path} ${viewer?.organisation.id} ${viewer?.actor}`}>
          <Suspense fallback={<Loading />}>
            <Shown page={page} />
          </Suspense>
        </Guard>
      </main>
    </>
  );
}

/** The page, or what stands in its place. */
function Shown({ page }: { page: Page | undefined }) {
  const asker = useSession();
  const { viewer } = asker;
  const [path] = usePagePath();
  if (!page) return <NoSuchPage />;
  if (path === SIGN_IN && !viewer) return <SignIn />;
  if (isFor(page, asker)) return <page.Content />;
  return viewer ? <NotForYou viewer={viewer} /> : <SignIn />;
}

/** Where one signs in; whoever has is shown their first page. */
const SIGN_IN = 'sign-in';

/** The page of the address; without one, the viewer's first. */
function useShownPage(): Page | undefined {
  const asker = useSession();
  const [path] = usePagePath();
  return path === '' || path === SIGN_IN
    ? firstPage(asker)
    : pages.find((page) => page.path === path);
}

function PageList({ chosen }: { chosen: Page | undefined }) {
  const { t } = useTranslation('frame');
  const asker = useSession();
  const [, go] = usePagePath();
  const title = useTitle();
  return (
    <nav className="frame-pages" aria-label={t('pages')}>
      {listedFor(asker).map((page) => (
        <a
          key={page.path}
          href={`/${page.path}${kept()}`}
          aria-current={page === chosen ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            go(page.path);
          }}
        >
          {title(page)}
        </a>
      ))}
    </nav>
  );
}

/** Who has signed in, and the way in or out. */
function Who() {
  const { t } = useTranslation('frame');
  const { viewer, signOut } = useSession();
  const [, go] = usePagePath();
  if (!viewer) {
    return (
      <Button className="frame-who" onClick={() => go(SIGN_IN)}>
        {t('signIn')}
      </Button>
    );
  }
  const { organisation, actor, role } = viewer;
  const leave = async () => {
    await signOut();
    go('');
  };
  return (
    <span className="frame-who">
      <strong translate="no">
        {operatorName(organisation.id, languageOf(window.location.search))}
      </strong>{' '}
      <span translate="no">{actor}</span> · {t(`role.${role}`)}
      <Button type="link" onClick={() => void leave()}>
        {t('signOut')}
      </Button>
    </span>
  );
}

/** On the wall, where the list of pages and the switches are left out. */
function LeaveWall() {
  const { t } = useTranslation('frame');
  const [isWall, setWall] = useWall();
  if (!isWall) return null;
  return (
    <Button className="frame-leave" type="text" onClick={() => setWall(false)}>
      {t('wall.leave')}
    </Button>
  );
}

function NoSuchPage() {
  const { t } = useTranslation('frame');
  const [, go] = usePagePath();
  return (
    <Message title={t('missing.title')} text={t('missing.text')}>
      <Button onClick={() => go('')}>{t('missing.back')}</Button>
    </Message>
  );
}

function NotForYou({ viewer: { organisation, actor } }: { viewer: Session }) {
  const { t } = useTranslation('frame');
  const [, go] = usePagePath();
  const who = { organisation: organisation.id, actor };
  return (
    <Message title={t('forbidden.title')} text={t('forbidden.text', who)}>
      <Button onClick={() => go('')}>{t('missing.back')}</Button>
    </Message>
  );
}
