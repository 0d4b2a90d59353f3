import { bothLanguages } from '../frame/words.ts';

declare module '../frame/words.ts' {
  interface Rooms {
    forms: typeof formWords.zh;
  }
}

const formWords = bothLanguages('forms', {
  zh: {
    cancel: '取消',
    forbidden: '您的角色不能做这件事；需要时，请本机构的管理员调整角色。',
    gone: '它已不在，或与您无关；请重新载入。',
  },
  en: {
    cancel: 'Cancel',
    forbidden: 'Your role may not do this; if you need to, ask a manager for another one.',
    gone: 'It is not there any more, or not yours; reload.',
  },
});
