import { ts } from 'ts-morph';

/**
 * `compilerOptions.paths` of one configuration: a specifier, with at most one `*`, and where it may lead, relative to the configuration's folder or, with a
 * leading `/`, to the workspace.
 */
export type PathAlias = readonly [pattern: string, targets: readonly string[]];

/** Characters of a base, pattern or target, targets of a pattern, patterns, and of these those that begin alike: no workspace has more, and a file made to hold the search up may. */
const most = { characters: 300, targets: 20, patterns: 20_000, alike: 10 } as const;

/** Total: what is no configuration has no aliases. Comments and commas at the end are read, as TypeScript reads them. */
export function pathAliases(path: string, text: string): readonly PathAlias[] {
  const { extending, baseUrl, paths } = readConfiguration(path, text);
  const base = typeof baseUrl === 'string' && baseUrl.length <= most.characters ? withoutConfigDir(baseUrl) || '.' : undefined;
  // Without a base of its own, that of what it extends may hold, which mostly is the workspace.
  const bases = base !== undefined ? [`${base}/`] : extending ? ['./', '/'] : ['./'];
  const entries = typeof paths === 'object' && paths !== null ? Object.entries(paths).slice(0, most.patterns) : [];
  const written = fewAlike(entries.flatMap(([pattern, targets]) => aliasOf(pattern, targets, bases)));
  // With a base, whatever no pattern names is looked for there before it is a package.
  return base === undefined || written.some(([pattern]) => pattern === '*') ? written : [...written, ['*', [`${base}/*`]]];
}

function readConfiguration(path: string, text: string): { readonly extending: boolean; readonly baseUrl?: unknown; readonly paths?: unknown } {
  try {
    const { config } = ts.parseConfigFileTextToJson(path, text) as { readonly config?: { readonly compilerOptions?: unknown; readonly extends?: unknown } };
    const options = config?.compilerOptions;
    return { extending: config?.extends !== undefined, ...(typeof options === 'object' && options !== null ? options : {}) };
  } catch (error) {
    // Nesting too deep for a recursive parser is the file's fault.
    if (error instanceof RangeError) return { extending: false };
    throw error;
  }
}

/** Of a configuration that others extend it means their folder; of one that files are below, its own. */
function withoutConfigDir(target: string): string {
  return target.replace(/^\$\{configDir\}/, '.');
}

function aliasOf(pattern: string, targets: unknown, bases: readonly string[]): readonly PathAlias[] {
  if (!isPattern(pattern) || !Array.isArray(targets)) return [];
  const usable = targets.filter((target) => typeof target === 'string').filter(isPattern).slice(0, most.targets).map(withoutConfigDir);
  return usable.length === 0 ? [] : [[pattern, bases.flatMap((base) => usable.map((target) => `${base}${target}`))]];
}

function isPattern(text: string): boolean {
  return text.length <= most.characters && text.split('*').length <= 2;
}

function fewAlike(aliases: readonly PathAlias[]): readonly PathAlias[] {
  const counts = new Map<string, number>();
  return aliases.filter(([pattern]) => {
    if (!pattern.includes('*')) return true;
    const prefix = pattern.slice(0, pattern.indexOf('*'));
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    return (counts.get(prefix) ?? 0) <= most.alike;
  });
}
