const longestPath = 1024;
const longestSegment = 255;

/** Never written by a specialist, wherever they lie: version control, installed packages, Nx's and our own local state. */
const reservedSegments = new Set(['.git', 'node_modules', '.nx', '.orchestra']);

/** Devices on Windows, with or without an extension. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** `GIT~1` and its hashed kin (`GI7EB8~1`): the 8.3 spelling under which NTFS also opens the long name. */
const shortName = /^[^.]{0,8}~[0-9]+(\.[^.]{0,3})?$/;

const controlCharacter = /\p{Cc}/u;

/** Lone surrogates have no UTF-8 form; Node would write U+FFFD, another name than the one checked. */
const loneSurrogate = /\p{Cs}/u;

/** Includes what HFS+ drops when it compares names (`.g\u200cit`), bidi marks and variation selectors. */
const invisibleCharacter = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u;

/** `:` opens NTFS streams and drives; the rest cannot be file names on Windows. */
const unportableCharacter = /[<>:"|?*]/;

/**
 * Why `path` may not be written, or `undefined` when it may. The path must already be in its one plain spelling:
 * workspace-relative, `/` between segments, NFC. Nothing is normalised here, because whoever uses the path afterwards
 * would use the original. Symlinks cannot be seen in a string: `io` looks for them when it writes.
 */
export function checkPath(path: string): string | undefined {
  return checkWhole(path) ?? firstReason(path.split('/'), checkSegment);
}

function checkWhole(path: string): string | undefined {
  if (path === '') return 'the path is empty';
  if (loneSurrogate.test(path)) return 'the path is not valid Unicode';
  if (controlCharacter.test(path)) return 'the path contains a control character';
  if (invisibleCharacter.test(path)) return 'the path contains an invisible character';
  if (path.includes('\\')) return 'the path contains a backslash; write it with /';
  if (path.startsWith('/')) return 'the path is absolute; it must be relative to the workspace root';
  if (/^[a-z]:/i.test(path)) return 'the path names a drive; it must be relative to the workspace root';
  if (unportableCharacter.test(path)) return 'the path contains one of < > : " | ? *';
  if (path !== path.normalize('NFC')) return 'the path is not in Unicode normal form C';
  if (utf8Length(path) > longestPath) return `the path is longer than ${longestPath} bytes`;
  return undefined;
}

function checkSegment(segment: string): string | undefined {
  if (segment === '') return 'the path has an empty segment';
  if (segment === '.' || segment === '..') return `the path contains the segment "${segment}"`;
  // NTFS drops trailing dots and spaces, NFKC undoes full-width letters: both are looked through before the comparison.
  const plain = segment.normalize('NFKC').toLowerCase().replace(/[. ]+$/u, '');
  if (reservedSegments.has(plain)) return `"${plain}" is never written`;
  if (/[. ]$/.test(segment)) return `the segment "${segment}" ends in a dot or a space`;
  if (segment !== segment.trim()) return `the segment "${segment}" begins or ends with white space`;
  if (shortName.test(segment)) return `the segment "${segment}" is a short name of another file on NTFS`;
  if (deviceName.test(segment)) return `the segment "${segment}" is a device on Windows`;
  if (utf8Length(segment) > longestSegment) return `a segment is longer than ${longestSegment} bytes`;
  return undefined;
}

function firstReason(segments: readonly string[], check: (segment: string) => string | undefined): string | undefined {
  for (const segment of segments) {
    const reason = check(segment);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
