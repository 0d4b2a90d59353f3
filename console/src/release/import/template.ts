import type { ExportedTable } from '../../frame/export-table.ts';
import type { Language } from '../../frame/language.ts';
import { FIELDS } from './orders.ts';
import { TITLES } from './titles.ts';

/** What the template's rows name: something that the season has. */
export interface TemplateNames {
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  readonly service: string;
  /** "2020-11-11 08:00" */
  readonly readyAt: string;
  readonly notAfter: string;
}

/** An empty order list with two rows to be written over. */
export function templateTable(language: Language, names: TemplateNames): ExportedTable {
  const { operator, origin, destination, service, readyAt, notAfter } = names;
  const yes = language === 'zh' ? '是' : 'yes';
  const flow = [operator, service, origin, destination, readyAt];
  return {
    name: language === 'zh' ? '订单导入模板' : 'orders-template',
    head: FIELDS.map((field) => TITLES[field][language]),
    rows: [
      ['lot-1', ...flow, 100, notAfter, ''],
      ['lot-2', ...flow, 2000, '', yes],
    ],
  };
}
