/** What a room says: each key in both languages. */
export interface Words<Keys extends Record<string, string>> {
  readonly zh: Keys;
  readonly en: { readonly [K in keyof Keys]: string };
}

export function bothLanguages<Keys extends Record<string, string>>(
  words: Words<Keys>,
): Words<Keys> {
  return words;
}

export const frameWords = bothLanguages({
  zh: {
    product: '错峰',
    tagline: '旺季错峰发货、均衡推进',
    pages: '页面',
    'page.plan': '放行计划',
    'page.live': '实况',
    'page.simulate': '推演',
    language: '语言',
    theme: '配色',
    'theme.auto': '跟随系统',
    'theme.light': '浅色',
    'theme.dark': '深色',
    loading: '正在载入……',
    'error.title': '没能取得数据',
    'error.unreachable': '服务器没有应答。请确认 cuofeng 仍在运行，然后重试。',
    'error.answer': '服务器回答：{{detail}}（{{status}}）',
    'error.page': '本页出错了',
    'error.page.text': '重新载入后若仍出错，请把浏览器控制台的信息告诉维护人员。',
    retry: '重试',
    reload: '重新载入',
    'missing.title': '没有这一页',
    'missing.text': '地址可能写错了。',
    'missing.back': '去放行计划',
  },
  en: {
    product: 'Cuofeng',
    tagline: 'Staggered release for the peak season',
    pages: 'Pages',
    'page.plan': 'Release plan',
    'page.live': 'Live',
    'page.simulate': 'Simulation',
    language: 'Language',
    theme: 'Colours',
    'theme.auto': 'System',
    'theme.light': 'Light',
    'theme.dark': 'Dark',
    loading: 'Loading …',
    'error.title': 'The data could not be fetched',
    'error.unreachable': 'The server did not answer. See that cuofeng still runs, then try again.',
    'error.answer': 'The server said: {{detail}} ({{status}})',
    'error.page': 'This page failed',
    'error.page.text':
      'If reloading does not help, tell whoever maintains it what the browser console says.',
    retry: 'Try again',
    reload: 'Reload',
    'missing.title': 'There is no such page',
    'missing.text': 'The address may be mistyped.',
    'missing.back': 'To the release plan',
  },
});
