import type { ChangedFile } from '../model';
import { configNumbers } from '../syntax/config-facts';

export interface LoweredThreshold {
  readonly path: string;
  readonly line: number;
  readonly because: string;
}

const configFile = /(^|\/)(package\.json|project\.json|\.?(jest|vitest|vite|nyc|c8|eslint|stryker|playwright)[^/]*\.([cm]?[jt]s|json|jsonc)|\.nycrc(\.json)?|\.c8rc\.json)$/;
const floorKey = /threshold|^coverage\.(lines|branches|functions|statements)$/i;
const scriptFloor = /--(?:check-coverage\s+)?(lines|branches|functions|statements)[= ](\d+(?:\.\d+)?)/g;
const scriptCeiling = /--(max-warnings|retries)[= ](\d+)/g;

/** Coverage floors that sink or vanish, and ceilings of tolerated warnings and retries that rise, in test and lint config. */
export function loweredThresholds(changes: readonly ChangedFile[]): readonly LoweredThreshold[] {
  return changes.flatMap((change) => {
    if (!configFile.test(change.path) || typeof change.base !== 'string') return [];
    const head = change.head ?? '';
    return [...floors(change.path, change.base, head), ...inScripts(change.path, change.base, head)];
  });
}

function floors(path: string, base: string, head: string): readonly LoweredThreshold[] {
  const after = new Map(configNumbers(path, head).map((each) => [each.key, each]));
  return configNumbers(path, base)
    .filter(({ key, value }) => floorKey.test(key) && value > (after.get(key)?.value ?? 0))
    .map(({ key, value, line }) => ({ path, line: after.get(key)?.line ?? line, because: `"${key}" is ${after.get(key)?.value ?? 'gone'} instead of ${value}.` }));
}

function inScripts(path: string, base: string, head: string): readonly LoweredThreshold[] {
  const sunk = compareFlags(base, head, scriptFloor, (before, after) => after < before);
  const risen = compareFlags(base, head, scriptCeiling, (before, after) => after > before);
  return [...sunk, ...risen].map((because) => ({ path, line: 1, because }));
}

function compareFlags(base: string, head: string, pattern: RegExp, worse: (before: number, after: number) => boolean): readonly string[] {
  const after = new Map([...head.matchAll(pattern)].map((match) => [match[1] ?? '', Number(match[2])]));
  return [...base.matchAll(pattern)].flatMap((match) => {
    const flag = match[1] ?? '';
    const now = after.get(flag);
    return now !== undefined && worse(Number(match[2]), now) ? [`--${flag} is ${now} instead of ${match[2]}.`] : [];
  });
}
