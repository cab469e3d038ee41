/** Paths that a relative module specifier may mean, extensions and index files included. Packages give none. */
export function resolveModule(from: string, specifier: string): readonly string[] {
  if (!specifier.startsWith('.')) return [];
  const segments = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') segments.pop();
    else if (part !== '.' && part !== '') segments.push(part);
  }
  const path = segments.join('/');
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  return [path, ...['.ts', '.js', '.mjs', '.cjs', '.mts', '.cts', '.tsx', '.jsx', '/index.ts', '/index.js', '/index.mjs', '/index.cjs', '/index.tsx'].map((ending) => `${bare}${ending}`)];
}
