import { Button, Segmented, Select } from 'antd';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type Page, pages } from '../pages.ts';
import { useAddress, usePagePath } from './address.ts';
import { Guard } from './guard.tsx';
import { Loading, Message } from './states.tsx';
import { type ThemeChoice, useThemeChoice } from './theme.ts';

/** What stands around every page: the product's name, the pages, language and colours. */
export function Frame() {
  const { t } = useTranslation('frame');
  const [path] = usePagePath();
  const page = pages.find((p) => p.path === (path || pages[0].path));
  useEffect(() => {
    document.title = page ? `${t(page.title)} · ${t('product')}` : t('product');
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
        <Switches />
      </header>
      <main className="frame-main">
        {page ? (
          <Guard key={page.path}>
            <Suspense fallback={<Loading />}>
              <page.Content />
            </Suspense>
          </Guard>
        ) : (
          <NoSuchPage />
        )}
      </main>
    </>
  );
}

function PageList({ chosen }: { chosen: Page | undefined }) {
  const { t } = useTranslation('frame');
  const [, go] = usePagePath();
  return (
    <nav className="frame-pages" aria-label={t('pages')}>
      {pages.map((page) => (
        <a
          key={page.path}
          href={`/${page.path}${window.location.search}`}
          aria-current={page === chosen ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            go(page.path);
          }}
        >
          {t(page.title)}
        </a>
      ))}
    </nav>
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
      <Button onClick={() => go(pages[0].path)}>{t('missing.back')}</Button>
    </Message>
  );
}
