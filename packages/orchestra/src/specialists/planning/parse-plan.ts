import type { RefinedTask } from '../../model';
import { unwrapReply } from '../reply/unwrap-reply';

export type ParsedPlan =
  | { readonly kind: 'plan'; readonly waves: readonly (readonly RefinedTask[])[]; readonly why?: string }
  | { readonly kind: 'keep'; readonly why?: string }
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'malformed'; readonly because: string };

/** A plan of eight waves takes a twentieth of it. Characters. */
const longestReply = 60_000;
const longestLine = 300;

/**
 * Reads a plan. Total, and stricter than an order of files: a line that looks like a task and cannot be read refuses the whole, because half of a plan is another
 * plan. Whether what it names exists is not known here.
 */
export function parsePlan(text: string): ParsedPlan {
  if (text.length > longestReply) return malformed(`it is ${text.length} characters long`);
  const { lines, cutOff } = unwrapReply(text);
  if (cutOff) return malformed('it was cut off: it ends inside its thinking');
  const plain = lines.map(undecorated);
  const status = firstOf(plain, /^status\s*:\s*([a-z]+)/i)?.toLowerCase();
  const why = wordsOf(firstOf(plain, /^why\s*:\s*(.+)/i));
  const question = wordsOf(firstOf(plain, /^question\s*:\s*(.+)/i));
  const more = why === undefined ? {} : { why };
  switch (status) {
    case 'question':
      return question === undefined ? malformed('it says "status: question" and asks none') : { kind: 'question', question };
    case 'keep':
      return { kind: 'keep', ...more };
    case 'plan': {
      const waves = readWaves(plain);
      return 'because' in waves ? malformed(waves.because) : { kind: 'plan', waves: waves.waves, ...more };
    }
    default:
      return malformed(status === undefined ? 'it has no line "status: plan", "keep" or "question"' : `its status is "${status.slice(0, 40)}", which is none of plan, keep and question`);
  }
}

function malformed(because: string): ParsedPlan {
  return { kind: 'malformed', because };
}

/** Without heading, quote and emphasis marks, which say nothing. A list mark stays: it begins a task. */
function undecorated(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim().replace(/^[#>\s]+/, '').replaceAll('**', '').replaceAll('`', '');
}

function firstOf(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function wordsOf(text: string | undefined): string | undefined {
  const words = text?.trim().slice(0, longestLine);
  return words === '' ? undefined : words;
}

const waveLine = /^wave\s+(\d{1,2})\b\s*:?/i;
const listMark = /^(?:[-*•]|\d{1,2}[.)])\s+/;
/** Where tests belong is worked out, so a line about them need name no project. */
const testLine = /^test\s*:\s*(.+)$/i;
const taskLine = /^([a-z][a-z0-9-]*)\s+in\s+([^\s:][^:]{0,1999})(?::\s*(.*))?$/i;

function readWaves(lines: readonly string[]): { readonly waves: readonly (readonly RefinedTask[])[] } | { readonly because: string } {
  const waves: RefinedTask[][] = [];
  for (const line of lines) {
    const wave = waveLine.exec(line)?.[1];
    if (wave !== undefined) {
      if (Number(wave) !== waves.length + 1) return { because: `its waves are not numbered 1, 2 and on: wave ${wave} follows wave ${waves.length}` };
      waves.push([]);
      continue;
    }
    if (!listMark.test(line)) continue;
    const task = readTask(line.replace(listMark, ''));
    if (task === undefined) return { because: `this line is no task, which reads "- specialist in project, project: what for": ${line.slice(0, 120)}` };
    // Whoever plans one wave need not number it.
    if (waves.length === 0) waves.push([]);
    waves.at(-1)?.push(task);
  }
  return waves.some((tasks) => tasks.length > 0) ? { waves } : { because: 'it announces a plan and names no task' };
}

function readTask(line: string): RefinedTask | undefined {
  const covers = wordsOf(testLine.exec(line)?.[1]);
  if (covers !== undefined) return { agent: 'test', projects: [], does: covers };
  const [, agent = '', names = '', words] = taskLine.exec(line) ?? [];
  const projects = names.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const does = wordsOf(words);
  return agent === '' || projects.length === 0 ? undefined : { agent: agent.toLowerCase(), projects, ...(does === undefined ? {} : { does }) };
}
