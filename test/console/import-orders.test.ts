import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText } from '../../console/src/frame/export-table.ts';
import { chinaTime } from '../../console/src/release/import/china-time.ts';
import { FIELDS, type FileCell, RULES } from '../../console/src/release/import/orders.ts';
import { looksPersonal } from '../../console/src/release/import/personal.ts';
import { templateTable } from '../../console/src/release/import/template.ts';
import { looksPersonal as asTheServer } from '../../src/edge/access/handles.js';
import {
  bytesOf,
  checked,
  csvOf,
  HEAD,
  rowsOf,
  soundRow,
  spoiltCell,
  xlsxOf,
} from '../support/order-files.js';

const ROW = ['', '中通', '标准', '上海', '深圳', '2020-11-11 08:00', 100, '', ''];
const file = (...rows: FileCell[][]) => checked(csvOf([[...HEAD], ...rows]));
const rules = async (...rows: FileCell[][]) =>
  (await file(...rows)).faults.map(({ row, column, rule }) => `${row} ${column} ${rule}`);

const idsOf = async (...rows: FileCell[][]) =>
  (await file(...rows)).orders.map(({ request }) => request.id);

/** A row with one cell changed. */
function withCell(field: (typeof FIELDS)[number], cell: FileCell): FileCell[] {
  const order = ['id', 'operator', 'service', 'origin', 'destination', 'readyAt', 'parcels'];
  const at = [...order, 'notAfter', 'divisible'].indexOf(field);
  return ROW.map((before, i) => (i === at ? cell : before));
}

describe('orders from files', () => {
  test('the template is a file that can be imported, in both languages and both forms', async () => {
    for (const language of ['zh', 'en'] as const) {
      const isChinese = language === 'zh';
      const table = templateTable(language, {
        operator: isChinese ? '中通' : 'ZTO',
        origin: isChinese ? '上海' : 'Shanghai',
        destination: isChinese ? '深圳' : 'Shenzhen',
        service: isChinese ? '标准' : 'standard',
        readyAt: '2020-11-11 00:00',
        notAfter: '2020-11-13 23:00',
      });
      const [csv, xlsx] = [bytesOf(csvText(table)), await xlsxOf(rowsOf(table))];
      for (const bytes of [csv, xlsx]) {
        const { orders, faults } = await checked(bytes);
        expect(faults).toEqual([]);
        expect(orders.map(({ request }) => request)).toEqual([
          {
            id: 'lot-1',
            operator: 'ZTO',
            service: 'standard',
            origin: '310000',
            destination: '440300',
            readyAt: '2020-11-11T00:00:00+08:00',
            parcels: 100,
            notAfter: '2020-11-13T23:00:00+08:00',
          },
          expect.objectContaining({ id: 'lot-2', parcels: 2000, divisible: true }),
        ]);
      }
    }
  });

  test('a sound file gives a request for each row, the same from CSV and XLSX, and the same again', async () => {
    const rows = fc.array(soundRow, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (body) => {
        const all = [[...HEAD], ...body];
        const [fromCsv, fromXlsx] = [await checked(csvOf(all)), await checked(await xlsxOf(all))];
        expect(fromCsv.faults).toEqual([]);
        expect(fromCsv.orders).toHaveLength(body.length);
        expect(fromXlsx).toEqual(fromCsv);
        expect(new Set(fromCsv.orders.map(({ request }) => request.id)).size).toBe(body.length);
        const turned = await checked(csvOf([[...HEAD], ...body.toReversed()]));
        const ids = (orders: typeof fromCsv.orders) => orders.map(({ request }) => request.id);
        expect(new Set(ids(turned.orders))).toEqual(new Set(ids(fromCsv.orders)));
      }),
      { numRuns: 60 },
    );
  });

  test('spoilt files: nothing is thrown, every fault has its place and a rule, and then there are no orders', async () => {
    const cells = fc.array(fc.tuple(fc.nat(9), fc.nat(8), spoiltCell), { maxLength: 8 });
    const cut = fc.option(fc.nat(4000), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.array(soundRow, { minLength: 1, maxLength: 8 }),
        cells,
        cut,
        fc.boolean(),
        async (body, spoilt, end, packed) => {
          const all: FileCell[][] = [[...HEAD], ...body.map((row) => [...row])];
          for (const [row, column, cell] of spoilt) {
            if (all[row]) all[row][column] = cell;
          }
          const bytes = packed ? await xlsxOf(all).catch(() => csvOf(all)) : csvOf(all);
          const { orders, faults, faultCount } = await checked(bytes.slice(0, end));
          expect(faultCount).toBeGreaterThanOrEqual(faults.length);
          expect(orders.length === 0 || faultCount === 0).toBe(true);
          for (const fault of faults) {
            expect(RULES).toContain(fault.rule);
            expect(fault.row).toBeGreaterThanOrEqual(0);
            const isWhole =
              fault.row === 0 || ['quotes', 'empty', 'tooManyRows'].includes(fault.rule);
            if (!isWhole) expect(fault.column).not.toBe('');
            if (fault.rule === 'personal') expect(fault.found).toBe('');
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('bytes of any kind are read or refused', async () => {
    const anything = fc.uint8Array({ maxLength: 600 });
    const packed = anything.map((bytes) => Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, packed), async (bytes) => {
        const { orders, faultCount } = await checked(Uint8Array.from(bytes));
        expect(orders.length === 0 || faultCount === 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('faults are told with row, column and rule', async () => {
    expect(await rules(ROW, withCell('parcels', '十件'))).toEqual(['3 件数 parcels']);
    expect(await rules(withCell('destination', '火星'))).toEqual(['2 目的地 noPlace']);
    expect(await rules(withCell('operator', '中国通'))).toEqual(['2 快递企业 noOperator']);
    expect(await rules(withCell('readyAt', '昨天'))).toEqual(['2 就绪时间 time']);
    expect(await rules(withCell('notAfter', '2020-11-10'))).toEqual(['2 最晚放行 order']);
    expect(await rules(withCell('divisible', '也许'))).toEqual(['2 可拆分 yesNo']);
    expect(await rules(withCell('origin', null))).toEqual(['2 始发地 needed']);
    expect(await rules(withCell('id', 'a'), withCell('id', 'a'))).toEqual(['3 订单号 idTwice']);
    expect(await rules(withCell('parcels', 1e10))).toEqual(['2 件数 parcels']);
    expect(await rules()).toEqual(['2  empty']);
    const { faults } = await checked(bytesOf('订单号,件数\na,1'));
    expect(faults.map(({ column, rule }) => `${column} ${rule}`)).toEqual(
      ['operator', 'service', 'origin', 'destination', 'readyAt'].map((f) => `${f} missingColumn`),
    );
  });

  test('P13: columns about people and what looks personal are refused, and not shown again', async () => {
    for (const title of [
      '收件人',
      '联系电话',
      '手机号',
      '详细地址',
      '运单号',
      'Phone',
      'Recipient name',
    ]) {
      const { faults, orders } = await checked(
        csvOf([
          [...HEAD, title],
          [...ROW, 'x'],
        ]),
      );
      expect(faults).toEqual([{ row: 1, column: title, rule: 'personalColumn', found: '' }]);
      expect(orders).toEqual([]);
    }
    const { faults } = await file(withCell('id', '１３８ ００１３ ８０００'));
    expect(faults).toEqual([{ row: 2, column: '订单号', rule: 'personal', found: '' }]);
    fc.assert(
      fc.property(fc.stringMatching(/^[\d０-９ .@Xxa-z-]{0,24}$/), (text) => {
        expect(looksPersonal(text)).toBe(asTheServer(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('times in the usual forms are China’s, whatever the machine’s zone', () => {
    const forms = [
      '2020-11-11 08:30',
      '2020/11/11 8:30:00',
      '2020.11.11 08:30',
      '2020年11月11日 8时30分',
      '２０２０－１１－１１　０８：３０',
      '20201111 08:30',
      '2020-11-11T08:30:00.500+08:00',
      new Date(Date.UTC(2020, 10, 11, 8, 30)),
      44_146 + 8.5 / 24,
    ];
    for (const form of forms) expect(chinaTime(form)).toBe('2020-11-11T08:30:00+08:00');
    expect(chinaTime('2020-11-11')).toBe('2020-11-11T00:00:00+08:00');
    expect(chinaTime('2020-11-11T00:30Z')).toBe('2020-11-11T00:30:00Z');
    const wrong = ['2021-02-29', '11-11 08:00', '2020-11-11 25:00', '昨天', 12, true, null, ''];
    for (const text of wrong) expect(chinaTime(text)).toBeUndefined();
    expect(chinaTime(new Date(Number.NaN))).toBeUndefined();
  });

  test('date cells of spreadsheets, and files as older Chinese spreadsheets write them', async () => {
    const cell = new Date(Date.UTC(2020, 10, 11, 8, 0, 0));
    const { orders } = await checked(await xlsxOf([[...HEAD], withCell('readyAt', cell)]));
    expect(orders[0].request.readyAt).toBe('2020-11-11T08:00:00+08:00');
    // "件数,快递企业,…" in GB 18030.
    const gbk = Buffer.from('bcfecafd2cbfecb5ddc6f3d2b52c', 'hex');
    const titles = 'service,origin,destination,readyAt\n5,ZTO,timed,310000,440300,2020-11-11';
    const old = await checked(Uint8Array.from([...gbk, ...Buffer.from(titles)]));
    expect(old.orders[0].request).toMatchObject({ parcels: 5, operator: 'ZTO' });
  });

  test('an order keeps its id when others are mended, and equal orders have several', async () => {
    const other = withCell('parcels', 7);
    const [first, second, third] = await idsOf(ROW, other, ROW);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await idsOf(withCell('parcels', 8), other, ROW, ROW)).toEqual(
      expect.arrayContaining([first, second, third]),
    );
    expect([first, second, third].some(asTheServer)).toBe(false);
  });

  test('what is too large is refused before it is unpacked', async () => {
    const large = await checked(new Uint8Array(8 * 2 ** 20 + 1));
    expect(large.faults).toEqual([{ row: 0, column: '', rule: 'tooLarge', found: '' }]);
    const bytes = await xlsxOf([[...HEAD], ROW]);
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bytes.buffer).setUint32(at + 24, 0x7fffffff, true);
    expect((await checked(bytes)).faults[0].rule).toBe('tooLarge');
    const wide = await checked(bytesOf(`${HEAD.join(',')}${','.repeat(100)}\n`));
    expect(wide.faults[0].rule).toBe('tooManyColumns');
  });

  test('every rule has its words and its cure in both languages', () => {
    const words = new URL('../../console/src/release/import/words.ts', import.meta.url);
    const text = readFileSync(words, 'utf8');
    const keys = RULES.flatMap((rule) => [`rule.${rule}`, `cure.${rule}`]);
    const about = FIELDS.map((field) => `about.${field}`);
    const wrong = [...keys, ...about].filter((key) => text.split(`'${key}':`).length !== 3);
    expect(wrong).toEqual([]);
  });
});
