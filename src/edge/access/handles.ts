/* Words that people choose, which are kept and shown: none may be about a person (P13). */

/** Organisations' ids: also names of shippers and operators in scenarios, in any script. */
export const ORGANISATION_ID = '^\\p{L}[\\p{L}\\p{N}._-]{0,31}$';

export function isOrganisationId(id: string): boolean {
  return (
    new RegExp(ORGANISATION_ID, 'u').test(id) && id === id.normalize('NFC') && !looksPersonal(id)
  );
}

/**
 * Handles of people, `duty-1`: a part in the organisation and a number. They cannot hold a telephone or
 * identity number; that they are no names is for the organisation to see to.
 */
export const LOGIN = '^[a-z]{2,16}(-[a-z]{2,16}){0,2}(-[0-9]{1,3})?$';

/**
 * Whether a free text (a label, a reason) has what looks like a telephone or identity number, a waybill's, or an
 * address of electronic mail. Written wide ("１３８…") or in groups is still found.
 */
export function looksPersonal(text: string): boolean {
  const plain = text.normalize('NFKC');
  return PERSONAL.some((pattern) => pattern.test(plain));
}

const PERSONAL = [
  /\d{9}/,
  /(?<!\d)1[3-9]\d([ -.]?\d{4}){2}(?!\d)/,
  /(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)/,
  /\d{6}[ -]?(19|20)\d{6}[ -]?\d{3}[\dXx]/,
  /\S@\S/,
];
