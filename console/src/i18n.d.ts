import type { frameWords } from './frame/words.ts';
import type { liveWords } from './live/words.ts';
import type { planWords } from './plan/words.ts';
import type { simulateWords } from './simulate/words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    keySeparator: false;
    nsSeparator: false;
    resources: {
      frame: typeof frameWords.zh;
      plan: typeof planWords.zh;
      live: typeof liveWords.zh;
      simulate: typeof simulateWords.zh;
    };
  }
}
