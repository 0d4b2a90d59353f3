import { dictionary } from './language.ts';

/** What a room says: each key in both languages. */
export interface Words<Keys extends Record<string, string>> {
  readonly zh: Keys;
  readonly en: { readonly [K in keyof Keys]: string };
}

/** Every room's keys by its name, for `useTranslation(name)`: each room adds its own where it has its words. */
export interface Rooms {
  frame: typeof frameWords.zh;
}

/** Makes a room's words known under its name; they come with the room, when its page is first opened. */
export function bothLanguages<Keys extends Record<string, string>>(
  room: string,
  words: Words<Keys>,
): Words<Keys> {
  dictionary.addResourceBundle('zh', room, words.zh);
  dictionary.addResourceBundle('en', room, words.en);
  return words;
}

export const frameWords = bothLanguages('frame', {
  zh: {
    product: '错峰',
    tagline: '旺季错峰发货、均衡推进',
    pages: '页面',
    language: '语言',
    theme: '配色',
    'theme.auto': '跟随系统',
    'theme.light': '浅色',
    'theme.dark': '深色',
    work: '正在进行',
    wall: '大屏',
    'wall.leave': '退出大屏',
    'keys.title': '快捷键',
    'keys.search': '到搜索框',
    'keys.wall': '进入或退出大屏',
    'keys.dark': '浅色与深色互换',
    'keys.language': '中英文互换',
    'keys.help': '这张表',
    'keys.text': '在输入框里不起作用。所选内容都在地址里：把地址发给同事，看到的就是同一画面。',
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
    'missing.back': '回到首页',
    'forbidden.title': '这一页不是给您的',
    'forbidden.text':
      '{{organisation}} 的 {{actor}} 没有这一页的权限。需要时，请本机构的管理员调整角色。',
    'export.menu': '导出',
    'export.csv': '导出 CSV',
    'export.xlsx': '导出 XLSX',
    'export.image': '存为图片',
    'table.none': '没有可列的',
    'table.more': '其余 {{n}} 行也列出',
    'sort.by': '按“{{column}}”排序',
    signIn: '登录',
    signOut: '退出登录',
    'signIn.title': '登录',
    'signIn.organisation': '机构',
    'signIn.login': '登录名',
    'signIn.password': '密码',
    'signIn.go': '登录',
    'signIn.oidc': '用本机构的统一身份登录',
    'signIn.wrong': '机构、登录名或密码不对。',
    'signIn.later': '尝试次数过多，请稍后再试。',
    'signIn.ended': '登录已过期，请重新登录；地址和所选内容都还在。',
    'role.viewer': '查看',
    'role.dispatcher': '调度',
    'role.manager': '管理',
  },
  en: {
    product: 'Cuofeng',
    tagline: 'Staggered release for the peak season',
    pages: 'Pages',
    language: 'Language',
    theme: 'Colours',
    'theme.auto': 'System',
    'theme.light': 'Light',
    'theme.dark': 'Dark',
    work: 'Under way',
    wall: 'Large screen',
    'wall.leave': 'Leave the large screen',
    'keys.title': 'Keys',
    'keys.search': 'to the search field',
    'keys.wall': 'to the large screen and back',
    'keys.dark': 'light or dark',
    'keys.language': 'Chinese or English',
    'keys.help': 'this list',
    'keys.text':
      'Not where text is written. All that is chosen is in the address: send it to a colleague, and they see the same.',
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
    'missing.back': 'To the first page',
    'forbidden.title': 'This page is not for you',
    'forbidden.text':
      '{{actor}} of {{organisation}} may not use this page. If you need it, ask a manager of your organisation for another role.',
    'export.menu': 'Export',
    'export.csv': 'As CSV',
    'export.xlsx': 'As XLSX',
    'export.image': 'Save as an image',
    'table.none': 'Nothing to list',
    'table.more': 'List the other {{n}} rows, too',
    'sort.by': 'Sort by {{column}}',
    signIn: 'Sign in',
    signOut: 'Sign out',
    'signIn.title': 'Sign in',
    'signIn.organisation': 'Organisation',
    'signIn.login': 'Login',
    'signIn.password': 'Password',
    'signIn.go': 'Sign in',
    'signIn.oidc': "With the organisation's own identity provider",
    'signIn.wrong': 'The organisation, the login or the password is wrong.',
    'signIn.later': 'Too many attempts. Try again later.',
    'signIn.ended':
      'The session has ended. Sign in again; the address and what was chosen are kept.',
    'role.viewer': 'viewer',
    'role.dispatcher': 'dispatcher',
    'role.manager': 'manager',
  },
});
