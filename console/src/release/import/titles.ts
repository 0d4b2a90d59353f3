import type { Language } from '../../frame/language.ts';
import { FIELDS, type Field } from './orders.ts';

/** What columns are called in the template. */
export const TITLES: Readonly<Record<Field, Readonly<Record<Language, string>>>> = {
  id: { zh: '订单号', en: 'Order id' },
  operator: { zh: '快递企业', en: 'Operator' },
  service: { zh: '服务', en: 'Service' },
  origin: { zh: '始发地', en: 'Origin' },
  destination: { zh: '目的地', en: 'Destination' },
  readyAt: { zh: '就绪时间', en: 'Ready at' },
  parcels: { zh: '件数', en: 'Parcels' },
  notAfter: { zh: '最晚放行', en: 'Not after' },
  divisible: { zh: '可拆分', en: 'Divisible' },
};

/** What else they are called in files of the trade. */
const ALSO: Readonly<Record<Field, readonly string[]>> = {
  id: ['订单编号', '申请号', '批次号', '编号', 'order', 'order no', 'id', 'request id'],
  operator: ['快递公司', '承运商', '承运企业', '企业', 'carrier', 'express company'],
  service: ['服务类型', '时效', '产品', 'service type', 'product'],
  origin: ['始发', '始发城市', '发货地', '发货城市', '起始地', 'from'],
  destination: ['目的', '目的城市', '收货地', '收货城市', '到达地', 'to'],
  readyAt: ['待发时间', '就绪', '备货完成时间', 'ready', 'ready time'],
  parcels: ['快件数', '数量', '包裹数', 'quantity', 'count'],
  notAfter: ['最晚时间', '截止时间', '最晚发货时间', '承诺发货时间', 'ship by', 'deadline'],
  divisible: ['是否可拆分', '拆分', 'split', 'may be split'],
};

/** Titles are compared without case, spaces, marks and what stands in brackets. */
function plain(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]|【.*?】/g, '')
    .replace(/[\s_\-*:.]/g, '');
}

const fields = new Map<string, Field>(
  FIELDS.flatMap((field) => {
    const { zh, en } = TITLES[field];
    return [field, zh, en, ...ALSO[field]].map((title) => [plain(title), field] as const);
  }),
);

/** The field that a column's title names, in either language. */
export function fieldOf(title: string): Field | undefined {
  return fields.get(plain(title));
}

/** Columns about people, and waybill numbers: a file with one is not taken (P13). */
const PERSONAL =
  /姓名|名字|收件人|收货人|寄件人|发件人|联系人|买家|客户名|会员|电话|手机|座机|号码|身份证|证件|邮箱|微信|地址|门牌|运单|快递单|面单|^name$|(full|first|last|customer|user|person)name|phone|mobile|^tel|telephone|e?mail|wechat|address|street|recipient|consignee|consignor|sender|contact|buyer|idcard|identity|passport|waybill|tracking/;

export function isPersonalTitle(title: string): boolean {
  return fieldOf(title) === undefined && PERSONAL.test(plain(title));
}
