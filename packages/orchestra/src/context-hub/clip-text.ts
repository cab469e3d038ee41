/** One line of at most so many characters. Cut between words: half of a key is a key to nobody who looks for keys, and enough to whoever reads it. */
export function clipText(text: string, length: number): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return line.length <= length ? line : `${line.slice(0, length).replace(/\S*$/, '')}…`;
}
