import { OrchestraError, type BacktestCase } from '../../model';
import { backtestCaseSchema } from '../../model/backtest';
import { describeMistakes } from '../plan/describe-mistakes';

/**
 * Cases, one JSON object a line; empty lines are skipped.
 * @throws OrchestraError 'input' with every mistake of every line: a long run must not stop at the second typo.
 */
export function readCases(text: string, place: string): readonly BacktestCase[] {
  const mistakes: string[] = [];
  const cases: BacktestCase[] = [];
  const lineOf = new Map<string, number>();
  for (const [position, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const number = position + 1;
    const read = readCase(line);
    if ('mistakes' in read) {
      mistakes.push(...read.mistakes.map((mistake) => `line ${number}: ${mistake}`));
      continue;
    }
    const known = lineOf.get(read.id);
    if (known !== undefined) mistakes.push(`line ${number}: the id "${read.id}" is that of line ${known}`);
    lineOf.set(read.id, number);
    cases.push(read);
  }
  if (mistakes.length === 0 && cases.length === 0) mistakes.push('no case in it');
  if (mistakes.length > 0) throw new OrchestraError('input', [`${place}:`, ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  return cases;
}

function readCase(line: string): BacktestCase | { readonly mistakes: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { mistakes: ['not a JSON object'] };
  }
  const parsed = backtestCaseSchema.safeParse(value, { reportInput: true });
  return parsed.success ? parsed.data : { mistakes: describeMistakes(parsed.error.issues, []) };
}
