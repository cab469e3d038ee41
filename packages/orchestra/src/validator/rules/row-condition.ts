/** How far an SQL condition narrows what is seen: to a tenant or less, to the person asking, to some rows, or not at all. */
export type Reach = 'tenant' | 'person' | 'some' | 'all';

const deepest = 60;
const order: readonly Reach[] = ['tenant', 'person', 'some', 'all'];

export interface ReachWords {
  readonly tenant: RegExp;
  readonly person: RegExp;
  /** Roles that row level security does not bind anyway: a condition that asks for one shuts everybody else out. */
  readonly trusted: RegExp;
}

/**
 * The widest alternative of an `or` counts, the narrowest part of an `and`. A tenant that is only compared with nothing, with
 * itself or by inequality narrows to nobody's rows.
 */
export function reachOf(condition: string, words: ReachWords, depth = 0): Reach {
  // Nobody nests like this by hand: what it lets through is not worked out, and counts as anything.
  if (depth > deepest) return 'all';
  const text = unwrapped(condition);
  const alternatives = splitBy(text, 'or');
  if (alternatives.length > 1) return pick(alternatives.map((part) => reachOf(part, words, depth + 1)), Math.max);
  const parts = splitBy(text, 'and');
  if (parts.length > 1) return pick(parts.map((part) => reachOf(part, words, depth + 1)), Math.min);
  return reachOfOne(text, words);
}

function reachOfOne(text: string, { tenant, person, trusted }: ReachWords): Reach {
  if (text === '' || /^(true|'t'|'true'|1|not false)$/i.test(text) || isSelfComparison(text)) return 'all';
  const empty = /\bis\s+(not\s+)?null$/i.test(text) || /<>|!=|\bis\s+distinct\b|^not\b/i.test(text);
  if (!empty && (/^false$/i.test(text) || trusted.test(text))) return 'tenant';
  if (tenant.test(text)) return empty ? 'some' : 'tenant';
  return person.test(text) && !empty ? 'person' : 'some';
}

function isSelfComparison(text: string): boolean {
  const [left, right, ...more] = text.split('=').map((side) => side.trim().toLowerCase());
  return more.length === 0 && left !== undefined && left === right;
}

function pick(reaches: readonly Reach[], which: (...values: number[]) => number): Reach {
  return order[which(...reaches.map((reach) => order.indexOf(reach)))] ?? 'all';
}

function unwrapped(text: string): string {
  let trimmed = text.trim();
  for (let layer = 0; layer < deepest && isWrapped(trimmed); layer += 1) trimmed = trimmed.slice(1, -1).trim();
  return isWrapped(trimmed) ? '' : trimmed;
}

function isWrapped(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0 && index < text.length - 1) return false;
  }
  return true;
}

/** At the outermost level only: what stands in brackets, a subquery too, is one part. */
function splitBy(text: string, word: 'or' | 'and'): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const token of text.split(new RegExp(String.raw`(\(|\)|\b${word}\b)`, 'i'))) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && token.toLowerCase() === word) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}
