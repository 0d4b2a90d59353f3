import { Button, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, usePagePath } from './address.ts';
import { useSession } from './session.tsx';
import { useShortcuts } from './shortcuts.ts';
import { type ThemeChoice, useDark, useThemeChoice } from './theme.ts';
import { listedFor } from './titles.ts';
import { useWall } from './wall.ts';

const KeysHelp = lazy(() => import('./keys-help.tsx'));

/** Colours, language, the large screen; and the keys for them and for the pages. */
export function Switches() {
  const { t } = useTranslation('frame');
  const [lang, setLang] = useAddress('lang');
  const [choice, setChoice] = useThemeChoice();
  const [, setWall] = useWall();
  const [isHelp, showHelp] = useState(false);
  const themes: ThemeChoice[] = ['auto', 'light', 'dark'];
  const pages = useKeys(() => showHelp(true));
  return (
    <div className="frame-switches">
      <Button className="frame-wide" onClick={() => setWall(true)}>
        {t('wall')}
      </Button>
      <Button className="frame-wide" aria-label={t('keys.title')} onClick={() => showHelp(true)}>
        ?
      </Button>
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
      {isHelp && (
        <Suspense>
          <KeysHelp pages={pages} close={() => showHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Pages that keys 1 to 9 go to. */
function useKeys(help: () => void) {
  const asker = useSession();
  const [, go] = usePagePath();
  const [lang, setLang] = useAddress('lang');
  const [isWall, setWall] = useWall();
  const [, setChoice] = useThemeChoice();
  const isDark = useDark();
  const pages = listedFor(asker).slice(0, 9);
  useShortcuts({
    ...Object.fromEntries(pages.map(({ path }, i) => [String(i + 1), () => go(path)])),
    '/': focusSearch,
    '?': help,
    w: () => setWall(!isWall),
    d: () => setChoice(isDark ? 'light' : 'dark'),
    l: () => setLang(lang === 'en' ? undefined : 'en'),
  });
  return pages;
}

/** To the first field of the page that searches. */
function focusSearch(): void {
  document.querySelector<HTMLElement>('main input[type="search"]')?.focus();
}
