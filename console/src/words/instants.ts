import type { Language } from '../frame/language.ts';

const formats = { zh: formatIn('zh-CN'), en: formatIn('en-GB') };

function formatIn(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** An instant of machines' clocks to the second, where the reader is: no season's clock has it. */
export function instantText(iso: string, language: Language): string {
  return formats[language].format(new Date(iso));
}
