import { Button, Segmented, Select } from 'antd';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../src/client/api.ts';
import { type Page, pages } from '../pages.ts';
import { operatorName } from '../words/operators.ts';
import { languageOnly, useAddress, usePagePath } from './address.ts';
import { Guard } from './guard.tsx';
import { languageOf } from './language.ts';
import { useSession } from './session.tsx';
import { SignIn } from './sign-in.tsx';
import { Loading, Message } from './states.tsx';
import { type ThemeChoice, useThemeChoice } from './theme.ts';

/** What stands around every page: the product's name, the pages, who has signed in, language and colours. */
export function Frame() {
  const { t } = useTranslation('frame');
  const { viewer } = useSession();
  const page = useShownPage();
  const title = useTitle();
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
        </div>
        <PageList chosen={page} />
        <Who />
        <Switches />
      </header>
      <main className="frame-main">
        <Guard key={`${page?.path} ${viewer?.organisation.id} ${viewer?.actor}`}>
          <Shown page={page} />
        </Guard>
      </main>
    </>
  );
}

/** The page, or what stands in its place. */
function Shown({ page }: { page: Page | undefined }) {
  const { viewer } = useSession();
  const [path] = usePagePath();
  if (!page) return <NoSuchPage />;
  if (path === SIGN_IN && !viewer) return <SignIn />;
  if (isFor(page, viewer)) {
    return (
      <Suspense fallback={<Loading />}>
        <page.Content />
      </Suspense>
    );
  }
  return viewer ? <NotForYou viewer={viewer} /> : <SignIn />;
}

/** Where one signs in; whoever has is shown their first page. */
const SIGN_IN = 'sign-in';

/** The page of the address; without one, the viewer's first. */
function useShownPage(): Page | undefined {
  const { viewer } = useSession();
  const [path] = usePagePath();
  return path === '' || path === SIGN_IN
    ? firstPage(viewer)
    : pages.find((page) => page.path === path);
}

function firstPage(viewer: Session | undefined): Page {
  const theirs = viewer && pages.find((page) => page.isFirstOf?.(viewer));
  return theirs ?? pages.find((page) => isFor(page, viewer)) ?? pages[0];
}

function isFor({ who }: Page, viewer: Session | undefined): boolean {
  if (who === 'anybody') return true;
  return viewer !== undefined && (who === 'signedIn' || who(viewer));
}

function useTitle(): (page: Page) => string {
  const { i18n } = useTranslation('frame');
  return ({ title }) => title[i18n.language === 'en' ? 'en' : 'zh'];
}

function PageList({ chosen }: { chosen: Page | undefined }) {
  const { t } = useTranslation('frame');
  const { viewer } = useSession();
  const [, go] = usePagePath();
  const title = useTitle();
  const listed = pages.filter((page) => !page.isInner && isFor(page, viewer));
  return (
    <nav className="frame-pages" aria-label={t('pages')}>
      {listed.map((page) => (
        <a
          key={page.path}
          href={`/${page.path}${languageOnly()}`}
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
  if (!viewer) return <Button onClick={() => go(SIGN_IN)}>{t('signIn')}</Button>;
  const { organisation, actor, role } = viewer;
  const leave = async () => {
    await signOut();
    go('');
  };
  return (
    <span className="frame-who">
      <strong>{operatorName(organisation.id, languageOf(window.location.search))}</strong> {actor} ·{' '}
      {t(`role.${role}`)}
      <Button type="link" onClick={() => void leave()}>
        {t('signOut')}
      </Button>
    </span>
  );
}

function Switches() {
  const { t } = useTranslation('frame');
  const [lang, setLang] = useAddress('lang');
  const [choice, setChoice] = useThemeChoice();
  const themes: ThemeChoice[] = ['auto', 'light', 'dark'];
  return (
    <div className="frame-switches">
      <Select
        aria-label={t('theme')}
        value={choice}
        onChange={setChoice}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        popupMatchSelectWidth={false}
      />
      <Segmented
        aria-label={t('language')}
        value={lang === 'en' ? 'en' : 'zh'}
        onChange={(value) => setLang(value === 'en' ? 'en' : undefined)}
        options={[
          { value: 'zh', label: <span lang="zh-CN">中文</span> },
          { value: 'en', label: <span lang="en">English</span> },
        ]}
      />
    </div>
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
