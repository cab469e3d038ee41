/** What a runner prints when all is well, and its sums: they differ as soon as a test is added. */
const noise: readonly RegExp[] = [
  /^PASS\b/, /^(?:Tests?|Test Suites|Test Files|Snapshots|Ran all test suites|Duration|Start at)\b/, /^[✓✔√]/, /^[ℹ#] (?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms)\b/, /^ok \d+/,
];

/**
 * Lines that only head's output holds, each as often as it is there more often; order does not count, since tasks run side by side.
 * Positions are left out: a line added above an old error moves it and makes no new one.
 */
export function newLines(head: string, base: string): readonly string[] {
  const left = new Map<string, number>();
  for (const line of linesOf(base)) left.set(line, (left.get(line) ?? 0) + 1);
  return linesOf(head).filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

function linesOf(output: string): readonly string[] {
  return output.split('\n').map(withoutPositions).filter((line) => line !== '' && !noise.some((pattern) => pattern.test(line)));
}

/** `a.ts:1:2`, `a.ts(1,2)`, eslint's leading `1:2`, the gutter of a code frame. */
function withoutPositions(line: string): string {
  return line
    .replace(/(\.\w+):\d+(?::\d+)?/g, '$1')
    .replace(/(\.\w+)\(\d+,\d+\)/g, '$1')
    .replace(/^\s*\d+:\d+\s+/, '')
    .replace(/^\s*>?\s*\d+ ?\|/, '|')
    .trim();
}
