import type { Language } from '../frame/language.ts';
import { placeName } from './places.ts';

/** Express companies' own short names by the ids that the bundled data use. */
const names: Readonly<Record<string, Record<Language, string>>> = {
  ZTO: { zh: '中通', en: 'ZTO' },
  YUNDA: { zh: '韵达', en: 'Yunda' },
  YTO: { zh: '圆通', en: 'YTO' },
  STO: { zh: '申通', en: 'STO' },
  BEST: { zh: '百世', en: 'Best' },
  SF: { zh: '顺丰', en: 'SF' },
  JT: { zh: '极兔', en: 'J&T' },
  EMS: { zh: '邮政', en: 'EMS' },
  JD: { zh: '京东', en: 'JD' },
  OTHERS: { zh: '其他企业', en: 'Others' },
  SHARED: { zh: '共用', en: 'Shared' },
};

/** An operator's name; others are shown by their id. */
export function operatorName(id: string, language: Language): string {
  return names[id.toUpperCase()]?.[language] ?? stationsName(id, language) ?? id;
}

/** `stations-440100`: a city's last-mile operator, as the bundled generator names it. */
function stationsName(id: string, language: Language): string | undefined {
  const [, code] = /^stations-(\d{6})$/.exec(id) ?? [];
  if (code === undefined) return undefined;
  const place = placeName(code, language);
  return language === 'zh' ? `${place}驿站` : `${place} stations`;
}
