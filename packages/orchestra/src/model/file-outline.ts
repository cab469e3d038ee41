/** An exported declaration as its users see it: no bodies. */
export interface OutlineExport {
  readonly name: string;
  /** One line, at most `outlineLimits.declaration` characters. */
  readonly signature: string;
  /** First line of its JSDoc. */
  readonly doc?: string;
  readonly line: number;
  /** Names of a React component's props; set for components only. */
  readonly props?: readonly string[];
}

export interface OutlineRoute {
  readonly method: string;
  /** As written in this file; the mount adds its prefix. */
  readonly path: string;
  /** Middleware that runs before the handler, from this file: `router.use` first, then the route's own. */
  readonly guards: readonly string[];
  readonly line: number;
}

export interface OutlineMount {
  readonly path: string;
  readonly router: string;
  /** Specifier the router is imported from, when it is. */
  readonly from?: string;
  readonly guards: readonly string[];
  readonly line: number;
}

export interface OutlineTable {
  readonly name: string;
  /** Set by the statement that creates the table. */
  readonly created: boolean;
  readonly tenantColumn: boolean;
  readonly rowLevelSecurity: boolean;
  readonly policies: readonly string[];
  readonly line: number;
}

/** What other code can rely on in one file. Plain data; rendered by `context-hub/render-interfaces`. */
export interface FileOutline {
  readonly path: string;
  readonly exports: readonly OutlineExport[];
  readonly routes: readonly OutlineRoute[];
  readonly mounts: readonly OutlineMount[];
  /** Environment variables read, sorted. */
  readonly environment: readonly string[];
  readonly tables: readonly OutlineTable[];
  /** Redis key families, placeholders as `{name}`, sorted. */
  readonly redisKeys: readonly string[];
}

/** Bumped whenever a file's outline would differ for the same text; part of the cache's key. */
export const OUTLINE_VERSION = 1;

/** Per declaration and per file, so that one generated types file cannot fill an interfaces page. */
export const outlineLimits = { declaration: 240, exports: 60, routes: 120 } as const;

export function emptyOutline(path: string): FileOutline {
  return { path, exports: [], routes: [], mounts: [], environment: [], tables: [], redisKeys: [] };
}
