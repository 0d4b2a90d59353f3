import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { CallProblem } from './api/client.ts';
import { useAddress } from './frame/address.ts';
import { Frame } from './frame/frame.tsx';
import { dictionary } from './frame/language.ts';
import { SESSION, SessionProvider } from './frame/session.tsx';
import { useDark } from './frame/theme.ts';
import './frame/words.ts';

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: { staleTime: Infinity, retry: worthAgain, refetchOnWindowFocus: false },
  },
});

/** A session that ended is seen by whatever is asked next: the page then asks to sign in. */
function noticeEnd(error: Error): void {
  if (!(error instanceof CallProblem && error.status === 401)) return;
  if (queries.getQueryData(SESSION)) queries.setQueryData(SESSION, null);
}

/** What was refused would be again. */
function worthAgain(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof CallProblem && error.status < 500);
}

export function App() {
  const [lang] = useAddress('lang');
  const language = lang === 'en' ? 'en' : 'zh';
  const [, redraw] = useState(language);
  const dark = useDark();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    void dictionary.changeLanguage(language).then(() => redraw(language));
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          // antd's own red is too faint to read on white.
          colorError: dark ? '#ff7a72' : '#b51d1a',
          colorPrimary: dark ? '#4c9be8' : '#0b5cad',
          colorLink: dark ? '#6bb2f5' : '#0b5cad',
          colorTextDescription: dark ? '#a3adb7' : '#5b6770',
          colorTextPlaceholder: dark ? '#a3adb7' : '#5b6770',
          fontFamily: 'var(--font)',
        },
        components: {
          // White on the dark theme's blue is too faint to read.
          Button: {
            primaryColor: dark ? '#06121d' : '#ffffff',
            dangerColor: dark ? '#06121d' : '#ffffff',
          },
          Slider: {
            handleColor: 'var(--accent)',
            dotBorderColor: 'var(--faint)',
            railBg: 'var(--line)',
            railHoverBg: 'var(--line)',
          },
        },
      }}
    >
      <I18nextProvider i18n={dictionary}>
        <QueryClientProvider client={queries}>
          <SessionProvider>{() => <Frame />}</SessionProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </ConfigProvider>
  );
}
