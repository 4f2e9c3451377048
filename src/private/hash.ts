/**
 * The same number for a text in every synthesis, in plain arithmetic. Changing it renumbers the rules of every user, and asks all of
 * them for new pins.
 */
export function hash(text: string): number {
  return [...Buffer.from(text, 'utf8')].reduce((sum, byte) => (sum * 16807 + byte + 1) % 2147483647, 1);
}
