/** As the server has it. */
export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;

/** Without letters and digits that are taken for each other when read aloud or off paper; 32, so that a byte falls on each alike. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789';
/** In fours, so that it can be read and typed: 80 bits. */
const GROUPS = 4;

/** A password that nobody guesses and anybody can type. */
export function newPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4 * GROUPS));
  const signs = Array.from(bytes, (byte) => SIGNS[byte % SIGNS.length]).join('');
  return signs.match(/.{4}/g)?.join('-') ?? signs;
}
