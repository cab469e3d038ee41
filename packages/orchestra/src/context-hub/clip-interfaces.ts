import { countTokens } from './count-tokens';
import { clipLines } from './outline-entries';
import type { GoalQuery } from './read-goal';
import { splitWords } from './split-words';

export interface InterfacesPage {
  readonly project: string;
  readonly text: string;
}

/**
 * The lines of the interface pages that share words with the goal, within the budget, in their own order and under
 * their own headings. Exports of files that the packet shows whole are left out: they are there in full.
 */
export function clipInterfaces(pages: readonly InterfacesPage[], query: GoalQuery, shownWhole: ReadonlySet<string>, tokens: number): readonly InterfacesPage[] {
  let left = tokens;
  const clipped: InterfacesPage[] = [];
  for (const page of [...pages].sort((a, b) => (a.project < b.project ? -1 : 1))) {
    const text = clipLines(relevantLines(page.text, query, shownWhole), left);
    if (!text.includes('\n- ')) continue;
    left -= countTokens(text);
    clipped.push({ project: page.project, text });
  }
  return clipped;
}

function relevantLines(text: string, query: GoalQuery, shownWhole: ReadonlySet<string>): string {
  const kept: string[] = [];
  let headings: string[] = [];
  let file = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      file = line.startsWith('### ') ? line.slice(4) : '';
      headings = [...headings.filter((heading) => depth(heading) < depth(line)), line];
    } else if (line.startsWith('- ') && !shownWhole.has(file) && sharesWords(line, file, query)) {
      kept.push(...headings, line);
      headings = [];
    }
  }
  return kept.join('\n');
}

function depth(heading: string): number {
  return heading.indexOf(' ');
}

/** Two different words, so that one common word does not bring every line in. */
function sharesWords(line: string, file: string, query: GoalQuery): boolean {
  const shared = new Set(splitWords(`${line} ${file}`).filter((word) => query.words.has(word)));
  return shared.size >= 2;
}
