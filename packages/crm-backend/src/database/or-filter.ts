import type { Condition, Operator } from './query';

const operators: readonly string[] = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'ilike', 'is'] satisfies Operator[];
const keywords: ReadonlyMap<string, unknown> = new Map<string, unknown>([['null', null], ['true', true], ['false', false]]);

/**
 * Reads `column.operator.value,column.operator.value`, the text supabase-js takes in `.or()`. A value that holds a
 * comma or a quote is written in double quotes, with backslashes before quotes and backslashes.
 */
export function parseOrFilter(text: string): readonly Condition[] {
  return splitOutsideQuotes(text).map(parseCondition);
}

/** `.or()` text for "one of these columns contains what was typed", with the wildcards in it taken literally. */
export function buildIlikeOrFilter(columns: readonly string[], typed: string): string {
  const pattern = `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
  const quoted = `"${pattern.replace(/[\\"]/g, '\\$&')}"`;
  return columns.map((column) => `${column}.ilike.${quoted}`).join(',');
}

function splitOutsideQuotes(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|[^",])+/gs) ?? [];
}

function parseCondition(text: string): Condition {
  const [, column, operator, raw] = /^(\w+)\.(\w+)\.(.*)$/s.exec(text) ?? [];
  if (column === undefined || operator === undefined || raw === undefined || !isOperator(operator)) {
    throw new Error(`Not a condition: ${JSON.stringify(text)}.`);
  }
  return { column, operator, value: operator === 'is' ? keywords.get(raw) : unquote(raw) };
}

function isOperator(text: string): text is Operator {
  return operators.includes(text);
}

function unquote(raw: string): string {
  return raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/gs, '$1') : raw;
}
