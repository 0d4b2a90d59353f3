import { useTranslation } from 'react-i18next';
import { bothLanguages } from '../frame/words.ts';
import './age.css';

declare module '../frame/words.ts' {
  interface Rooms {
    age: typeof ageWords.zh;
  }
}

const ageWords = bothLanguages('age', {
  zh: {
    seconds: '{{n}} 秒前',
    minutes: '{{n}} 分钟前',
    hours: '{{n}} 小时前',
    days: '{{n}} 天前',
  },
  en: {
    seconds: '{{n}} s ago',
    minutes: '{{n}} min ago',
    hours: '{{n}} h ago',
    days: '{{n}} d ago',
  },
});

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const;

/** How long ago something was, in the one unit that says it. */
export function Age({ ms }: { ms: number }) {
  const { t } = useTranslation('age');
  const [unit, size] = UNITS.find(([, each]) => ms >= each) ?? UNITS[UNITS.length - 1];
  return <>{t(unit, { n: Math.max(0, Math.floor(ms / size)) })}</>;
}
