/**
 * Whether a text has what looks like a telephone, identity or waybill number or an address of electronic mail: the rule that the
 * server has for what people write (docs/spec/access.md). Written wide ("１３８…") or in groups is still found.
 */
export function looksPersonal(text: string): boolean {
  const plain = text.normalize('NFKC');
  return PATTERNS.some((pattern) => pattern.test(plain));
}

const PATTERNS = [
  /\d{9}/,
  /(?<!\d)1[3-9]\d([ -.]?\d{4}){2}(?!\d)/,
  /(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)/,
  /\d{6}[ -]?(19|20)\d{6}[ -]?\d{3}[\dXx]/,
  /\S@\S/,
];
