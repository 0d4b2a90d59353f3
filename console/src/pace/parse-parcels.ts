/** Why a text is no number of parcels. */
export type Rule = 'notNumber' | 'grouping' | 'negative' | 'fraction' | 'tooLarge';

/** A cell as it was typed or pasted: nothing, a number, or a fault. */
export type Parsed =
  | { readonly kind: 'blank' }
  | { readonly kind: 'parcels'; readonly parcels: number }
  | { readonly kind: 'fault'; readonly rule: Rule };

/** What the API takes. */
const PARCELS_MOST = 0x7fffffff;

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  壹: 1,
  二: 2,
  两: 2,
  贰: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const TENS: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
};
const MYRIADS: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/**
 * Numbers as people write them in spreadsheets: full-width digits, thousands set off by commas or spaces, 万 and 亿 behind a
 * number, Chinese numerals, 件 behind it all. A blank cell says nothing.
 */
export function parseParcels(text: string): Parsed {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\s\u200b]+/g, ' ')
    .trim()
    .replace(/ ?件$/, '');
  if (plain === '') return { kind: 'blank' };
  if (/^[-−－]/.test(plain)) return { kind: 'fault', rule: 'negative' };
  const marked = /^([\d., ']+) ?([万萬亿億]?)$/.exec(plain);
  if (marked) return arabic(marked[1], MYRIADS[marked[2]] ?? 1);
  const value = chinese(plain.replaceAll(' ', ''));
  return value === undefined ? { kind: 'fault', rule: 'notNumber' } : counted(value);
}

function arabic(text: string, times: number): Parsed {
  const [whole, part, ...more] = text.replaceAll("'", ',').split('.');
  if (more.length > 0 || whole === '') return { kind: 'fault', rule: 'notNumber' };
  const isGrouped = /^\d{1,3}([, ])\d{3}(\1\d{3})*$/.test(whole);
  if (!isGrouped && !/^\d+$/.test(whole)) return { kind: 'fault', rule: 'grouping' };
  if (part !== undefined && !/^\d+$/.test(part)) return { kind: 'fault', rule: 'notNumber' };
  const digits = Number(whole.replaceAll(/[, ]/g, ''));
  const scale = 10 ** (part?.length ?? 0);
  return counted((digits * times * scale + Number(part ?? 0) * times) / scale);
}

function counted(value: number): Parsed {
  if (!Number.isInteger(value)) return { kind: 'fault', rule: 'fraction' };
  if (value > PARCELS_MOST) return { kind: 'fault', rule: 'tooLarge' };
  return { kind: 'parcels', parcels: value };
}

/** 三万五千 is 35000, 二〇〇 is 200; 三万五 might be either of two. Undefined: none, or not for certain. */
function chinese(text: string): number | undefined {
  const letters = Array.from(text);
  if (letters.every((c) => c in DIGITS)) return Number(letters.map((c) => DIGITS[c]).join(''));
  let [all, section] = [0, 0];
  // The last digit, if no unit came behind it; whether it stands behind a 零; the unit before it.
  let [digit, isApart, unit] = [-1, false, 1];
  const isVague = () => digit > 0 && unit > 10 && !isApart;
  for (const c of letters) {
    if (c in DIGITS) {
      if (digit > 0) return undefined;
      isApart = digit === 0 || DIGITS[c] === 0;
      digit = DIGITS[c];
    } else if (c in TENS) {
      section += (digit < 0 ? 1 : digit) * TENS[c];
      [digit, isApart, unit] = [-1, false, TENS[c]];
    } else if (c in MYRIADS) {
      if (isVague()) return undefined;
      all = (all + section + Math.max(0, digit)) * MYRIADS[c];
      [section, digit, isApart, unit] = [0, -1, false, MYRIADS[c]];
    } else return undefined;
  }
  return isVague() ? undefined : all + section + Math.max(0, digit);
}
