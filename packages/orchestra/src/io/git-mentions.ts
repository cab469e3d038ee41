import type { GitCommand } from './git-command';

/** A command line holds some hundred thousand characters; a question about more texts is asked in parts. */
const textsAtOnce = 200;

/** One `git grep` over a commit's objects: no checkout, binary files left out, no more than names comes back. */
export async function findMentions(git: GitCommand, commit: string, texts: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = [...new Set(texts)].filter((text) => text !== '' && !/[\n\0]/.test(text)).sort();
  const found = new Map<string, Set<string>>(wanted.map((text) => [text, new Set()]));
  for (let start = 0; start < wanted.length; start += textsAtOnce) {
    await findSome(git, commit, wanted.slice(start, start + textsAtOnce), found);
  }
  return new Map([...found].map(([text, paths]) => [text, [...paths].sort()]));
}

async function findSome(git: GitCommand, commit: string, texts: readonly string[], found: ReadonlyMap<string, Set<string>>): Promise<void> {
  // Whole lines come back and are read again here: with `-o`, of two texts that overlap only the longer would be named.
  const patterns = texts.flatMap((text) => ['-e', text]);
  const { stdout } = await git.bytes(['grep', '-I', '-F', '--null', ...patterns, commit, '--'], { accept: [0, 1] });
  const output = stdout.toString('utf8');
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf('\0', start);
    if (end < 0) return;
    const lineEnd = output.indexOf('\n', end);
    const next = lineEnd < 0 ? output.length : lineEnd;
    // A path may hold a line break; what ends it is the NUL.
    const path = output.slice(start + commit.length + 1, end);
    const line = output.slice(end + 1, next);
    for (const text of texts) if (standsIn(line, text)) found.get(text)?.add(path);
    start = next + 1;
  }
}

function standsIn(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    if (!/[\w-]/.test(line[at - 1] ?? ' ') && !/[\w-]/.test(line[at + text.length] ?? ' ')) return true;
  }
  return false;
}
