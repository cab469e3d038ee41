import { ts } from 'ts-morph';

/** `compilerOptions.paths` of one configuration: a specifier, with at most one `*`, and where it may lead, relative to the configuration's folder. */
export type PathAlias = readonly [pattern: string, targets: readonly string[]];

/** True for what TypeScript and editors read aliases from: `tsconfig.base.json` of an Nx workspace, a project's own, a JavaScript project's. */
export function holdsPathAliases(path: string): boolean {
  return /(?:^|\/)(?:ts|js)config(?:\.[\w-]+)*\.json$/.test(path);
}

/** Total: what is no configuration has no aliases. Comments and commas at the end are read, as TypeScript reads them. */
export function pathAliases(path: string, text: string): readonly PathAlias[] {
  const { baseUrl, paths } = compilerOptions(path, text);
  const base = typeof baseUrl === 'string' ? baseUrl : '.';
  const written = typeof paths === 'object' && paths !== null ? Object.entries(paths).flatMap(([pattern, targets]) => aliasOf(pattern, targets, base)) : [];
  // With a base, whatever no pattern names is looked for there before it is a package.
  return typeof baseUrl !== 'string' || written.some(([pattern]) => pattern === '*') ? written : [...written, ['*', [`${base}/*`]]];
}

function compilerOptions(path: string, text: string): { readonly baseUrl?: unknown; readonly paths?: unknown } {
  try {
    const { config } = ts.parseConfigFileTextToJson(path, text) as { readonly config?: { readonly compilerOptions?: unknown } };
    const options = config?.compilerOptions;
    return typeof options === 'object' && options !== null ? options : {};
  } catch (error) {
    // Nesting too deep for a recursive parser is the file's fault.
    if (error instanceof RangeError) return {};
    throw error;
  }
}

function aliasOf(pattern: string, targets: unknown, base: string): readonly PathAlias[] {
  if (pattern.split('*').length > 2 || !Array.isArray(targets)) return [];
  const usable = targets.filter((target) => typeof target === 'string').filter((target) => target.split('*').length <= 2);
  return usable.length === 0 ? [] : [[pattern, usable.map((target) => `${base}/${target}`)]];
}
