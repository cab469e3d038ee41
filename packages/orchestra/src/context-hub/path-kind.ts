/** What a path is good for in a ranking; decided from the path alone. */
export type PathKind = 'source' | 'test' | 'schema' | 'config' | 'document' | 'ignored';

const ignored = [
  /(?:^|\/)(?:node_modules|dist|build|coverage|\.git|\.nx|\.orchestra|vendor|__snapshots__|\.next|\.turbo)\//,
  /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/,
  /\.min\.[cm]?js$|\.map$|\.d\.ts$/,
  /(?:^|\/)orchestra\/(?:waves|context|recordings)\//,
];
const tests = /\.(?:spec|test|e2e)\.[cm]?[jt]sx?$|(?:^|\/)(?:__tests__|__mocks__|__fixtures__|fixtures|tests?|testing|e2e|test-support)\//;
const source = /\.[cm]?[jt]sx?$/;
const config = /\.(?:ya?ml|json|toml|conf|sh|css|html)$|(?:^|\/)(?:Dockerfile[^/]*|\.env\.example|[^/]+\.env\.example)$/;

/** Declaration files are ignored: they repeat sources. */
export function pathKind(path: string): PathKind {
  if (ignored.some((pattern) => pattern.test(path))) return 'ignored';
  if (source.test(path)) return tests.test(path) ? 'test' : 'source';
  if (path.endsWith('.sql')) return 'schema';
  if (path.endsWith('.md')) return 'document';
  return config.test(path) ? 'config' : 'ignored';
}

/** What the caller should pass to `indexFile`. Documents enter only as bug registers. */
export function isIndexable(path: string): boolean {
  const kind = pathKind(path);
  return kind === 'document' ? isBugRegister(path) : kind !== 'ignored';
}

export function isBugRegister(path: string): boolean {
  return /(?:^|\/)bugs?[^/]*\.md$/i.test(path);
}

/** True for what TypeScript and editors read aliases from: `tsconfig.base.json` of an Nx workspace, a project's own, a JavaScript project's. */
export function holdsPathAliases(path: string): boolean {
  return /(?:^|\/)(?:ts|js)config(?:\.[\w-]+)*\.json$/.test(path);
}

/** Kept for reference, not run. */
const shelved = /(?:^|\/)[._]?(?:archived?|deprecated|legacy|backup|old|examples?)(?:[-_.][^/]*)?\//i;
/** Made up to be looked at: the names of customers and products that a goal speaks of stand there, and nowhere near its fault. A project may well be called so. */
const staged = /(?:^|(?<!(?:^|\/)(?:apps|libs|packages))\/)[._]?(?:demos?|seeds?|samples?)\/|(?:^|\/)(?:(?:demo|seed)[-_]data|seeds?)\.[^/]*$/i;

export function isStaged(path: string): boolean {
  return staged.test(path);
}

/** Seldom what a goal is about, however many words it shares with it. */
export function isAside(path: string): boolean {
  return shelved.test(path) || isStaged(path);
}

/** File name without directories, its last extension, and a `.v2`-like tail kept: `contacts.v2`. */
export function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
}
