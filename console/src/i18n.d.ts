import type { Rooms } from './frame/words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    keySeparator: false;
    nsSeparator: false;
    resources: Rooms;
  }
}
