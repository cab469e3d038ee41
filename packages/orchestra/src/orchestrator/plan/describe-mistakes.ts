import type * as z from '../../model/zod';

/**
 * Words zod's issues for the person who wrote the file: one line per mistake with the place, what is allowed, and the
 * nearest allowed key when the mistake looks like a typo. `allowedKeys` are the top-level keys of the file.
 */
export function describeMistakes(issues: readonly z.core.$ZodIssue[], allowedKeys: readonly string[]): readonly string[] {
  return issues.flatMap((issue) => {
    const place = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${place}unknown key "${key}"${suggestion(key, allowedKeys)}; allowed: ${allowedKeys.join(', ')}`);
    }
    if (issue.code === 'invalid_value') {
      return [`${place}must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`];
    }
    if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined')) {
      return [`${place}is required (${issue.expected})`];
    }
    return [`${place}${issue.message}`];
  });
}

function suggestion(key: string, allowed: readonly string[]): string {
  const nearest = allowed
    .map((candidate) => ({ candidate, distance: editDistance(key.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest !== undefined && nearest.distance <= 3 ? `, did you mean "${nearest.candidate}"?` : '';
}

/** Levenshtein distance. Keys are short, so the plain quadratic table is enough. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
