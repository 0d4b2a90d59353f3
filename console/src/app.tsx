import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { useAddress } from './frame/address.ts';
import { Frame } from './frame/frame.tsx';
import { languageOf, startLanguage } from './frame/language.ts';
import { useDark } from './frame/theme.ts';

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: 1, refetchOnWindowFocus: false } },
});
const words = startLanguage(languageOf(window.location.search));

export function App() {
  const [lang] = useAddress('lang');
  const language = lang === 'en' ? 'en' : 'zh';
  const [, redraw] = useState(language);
  const dark = useDark();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    void words.changeLanguage(language).then(() => redraw(language));
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
          colorPrimary: dark ? '#4c9be8' : '#0b5cad',
          colorLink: dark ? '#6bb2f5' : '#0b5cad',
          colorTextDescription: dark ? '#a3adb7' : '#5b6770',
          colorTextPlaceholder: dark ? '#a3adb7' : '#5b6770',
          fontFamily: 'var(--font)',
        },
        components: {
          // White on the dark theme's blue is too faint to read.
          Button: { primaryColor: dark ? '#06121d' : '#ffffff' },
          Slider: {
            handleColor: 'var(--accent)',
            dotBorderColor: 'var(--faint)',
            railBg: 'var(--line)',
            railHoverBg: 'var(--line)',
          },
        },
      }}
    >
      <I18nextProvider i18n={words}>
        <QueryClientProvider client={queries}>
          <Frame />
        </QueryClientProvider>
      </I18nextProvider>
    </ConfigProvider>
  );
}
