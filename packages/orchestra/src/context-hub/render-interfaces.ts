import { mergeTables } from '../syntax/outline-sql';
import type { FileOutline, OutlineMount, OutlineRoute } from '../model/file-outline';
import { capExports } from './cap-exports';
import { folderOf, joinPath } from './join-path';
import { guardText, renderTable } from './render-outline';

/**
 * One project's interfaces as Markdown: the same text in `orchestra/context/<project>.md` and in a packet.
 * Depends on the outlines only, not on their order.
 *
 * @param mostExports characters for the exports; a packet takes the lines it needs from the whole, a page on disk is capped
 */
export function renderInterfaces(project: string, outlines: readonly FileOutline[], mostExports = Number.POSITIVE_INFINITY): string {
  const sorted = [...outlines].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sections = [
    section('Routes', routeLines(sorted)),
    section('Tables', mergeTables(sorted.flatMap(({ tables }) => tables)).map(renderTable)),
    section('Environment', unique(sorted.flatMap(({ environment }) => environment))),
    section('Redis keys', unique(sorted.flatMap(({ redisKeys }) => redisKeys))),
    section('Exports', capExports(sorted, mostExports)),
  ];
  return [`# Interfaces of ${project}`, ...sections.filter((text) => text !== '')].join('\n\n') + '\n';
}

/** Files of which a page says nothing else: a style sheet, a Dockerfile, the file that starts everything. Those at the top of a project come first. */
export function renderOtherFiles(outlines: readonly FileOutline[]): string {
  const others = outlines.filter(({ exports, routes }) => exports.length === 0 && routes.length === 0).map(({ path }) => path).filter((path) => !path.startsWith('#'));
  const depth = (path: string): number => path.split('/').length;
  return section(otherFiles, others.sort((a, b) => depth(a) - depth(b) || order(a, b)));
}

export const otherFiles = 'Files without exports';

/** The small page beside them: what each project offers, in numbers, and where to read on. */
export function renderInterfacesIndex(projects: readonly { readonly name: string; readonly outlines: readonly FileOutline[] }[]): string {
  const rows = [...projects]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, outlines }) => {
      const count = (pick: (outline: FileOutline) => number): number => outlines.reduce((total, outline) => total + pick(outline), 0);
      const tables = mergeTables(outlines.flatMap(({ tables: own }) => own)).filter(({ created }) => created).length;
      return `| ${name} | ${outlines.length} | ${count((one) => one.exports.length)} | ${count((one) => one.routes.length)} | ${tables} |`;
    });
  return ['# Interfaces by project', '', '| project | files | exports | routes | tables |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, '', ...lines.map((line) => (line.startsWith('### ') ? `\n${line}\n` : `- ${line}`))].join('\n').replace(/\n{3,}/g, '\n\n');
}

interface FullRoute {
  readonly method: string;
  readonly path: string;
  readonly guards: readonly string[];
  readonly at: string;
}

/** Routes under the prefix of their mount, with every guard that a request passes before the handler. */
function routeLines(outlines: readonly FileOutline[]): readonly string[] {
  const mounts = mountsByModule(outlines);
  const routes = outlines.flatMap((outline): FullRoute[] => {
    const bare = withoutExtension(outline.path);
    const above = [...(mounts.get(bare) ?? []), ...(bare.endsWith('/index') ? (mounts.get(bare.slice(0, -'/index'.length)) ?? []) : [])];
    return outline.routes.flatMap((route) => fullRoutes(outline.path, route, above));
  });
  const sorted = [...routes].sort((a, b) => order(a.path, b.path) || order(a.method, b.method) || order(a.at, b.at));
  return sorted.map(({ method, path, guards, at }) => `${method} ${path}${guardText(guards)} — ${at}`);
}

function fullRoutes(file: string, route: OutlineRoute, mounts: readonly OutlineMount[]): FullRoute[] {
  const at = `${file}:${route.line}`;
  if (mounts.length === 0) return [{ method: route.method, path: route.path, guards: route.guards, at }];
  return mounts.map(({ path, guards }) => {
    const full = `${path.replace(/\/$/, '')}/${route.path.replace(/^\//, '')}`;
    return { method: route.method, path: full.length > 1 ? full.replace(/\/$/, '') : full, guards: [...guards, ...route.guards], at };
  });
}

/** Mounts by the module they mount. Relative imports only: a router of another package is listed there, under its own path. */
function mountsByModule(outlines: readonly FileOutline[]): ReadonlyMap<string, readonly OutlineMount[]> {
  const mounts = new Map<string, OutlineMount[]>();
  for (const { path, mounts: own } of outlines) {
    for (const mount of own) {
      if (mount.from === undefined || !mount.from.startsWith('.')) continue;
      const module = withoutExtension(joinPath(folderOf(path), mount.from));
      mounts.set(module, [...(mounts.get(module) ?? []), mount]);
    }
  }
  return mounts;
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
