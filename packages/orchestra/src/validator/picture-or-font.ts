/** By ending and by the first bytes: a name alone says nothing about what a file holds. Source: the formats' own signatures. */
const signatures: Readonly<Record<string, RegExp>> = {
  png: /^89504e470d0a1a0a/,
  jpg: /^ffd8ff/,
  jpeg: /^ffd8ff/,
  gif: /^47494638(37|39)61/,
  webp: /^52494646.{8}57454250/,
  avif: /^.{8}66747970617669/,
  ico: /^00000100/,
  woff: /^774f4646/,
  woff2: /^774f4632/,
  ttf: /^(00010000|74727565)/,
  otf: /^4f54544f/,
};

/** @param start first bytes in hex; without them nothing is known, and the answer is no. */
export function isPictureOrFont(path: string, start: string | undefined): boolean {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const signature = Object.hasOwn(signatures, ending) ? signatures[ending] : undefined;
  return start !== undefined && signature !== undefined && signature.test(start);
}
