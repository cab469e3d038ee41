import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesGlobs } from '../patch/matches-globs';
import { judgeReply } from './__fixtures__/judge-reply';
import { worldTask, worldTexts } from './__fixtures__/reply-world';

interface Expected {
  readonly class: 'good' | 'sloppy' | 'malformed' | 'truncated' | 'hostile';
  readonly outcome: 'applied' | 'refused' | 'needs' | 'question' | 'decline' | 'malformed';
  /** Path → replacements in the text it had, each made once. */
  readonly changes?: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly created?: Readonly<Record<string, string>>;
  readonly deleted?: readonly string[];
  /** Kinds of leniency; none when absent, not compared for what does not apply. */
  readonly tolerances?: readonly string[];
  readonly notes?: object;
  readonly followUps?: readonly string[];
  readonly read?: readonly object[];
  readonly edit?: readonly string[];
  readonly irrelevant?: readonly string[];
  readonly text?: string;
  readonly because?: string;
  readonly kinds?: readonly string[];
}

const root = join(__dirname, '__fixtures__', 'replies');

function loadSet(set: string): readonly (readonly [string, string, Expected])[] {
  const folder = join(root, set);
  const table: Readonly<Record<string, Expected>> = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3)).sort();
  expect(files).toEqual(Object.keys(table).sort());
  return files.map((name) => [name, readFileSync(join(folder, `${name}.md`), 'utf8'), table[name] as Expected]);
}

function worldAfter(expected: Expected): ReadonlyMap<string, string> {
  const texts = new Map(worldTexts);
  for (const path of expected.deleted ?? []) texts.delete(path);
  for (const [path, text] of Object.entries(expected.created ?? {})) texts.set(path, text);
  for (const [path, replacements] of Object.entries(expected.changes ?? {})) {
    for (const [from, to] of replacements) {
      const text = texts.get(path) ?? '';
      if (text.split(from).length !== 2) throw new Error(`${path} does not hold "${from}" exactly once`);
      texts.set(path, text.replace(from, () => to));
    }
  }
  return texts;
}

const sorted = (texts: ReadonlyMap<string, string>) => [...texts].sort(([a], [b]) => (a < b ? -1 : 1));

const sets = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

describe.each(sets)('replies of the set "%s"', (set) => {
  const cases = loadSet(set);

  it.each(cases)('%s', (_, text, expected) => {
    const judged = judgeReply(text);
    expect({ outcome: judged.outcome, rejections: judged.rejections.map((rejection) => rejection.because) }).toEqual({
      outcome: expected.outcome, rejections: expected.outcome === 'malformed' || expected.outcome === 'refused' ? expect.anything() : [],
    });
    expect(sorted(judged.texts)).toEqual(sorted(worldAfter(expected)));
    if (expected.outcome === 'applied' || expected.outcome === 'needs') expect(judged.tolerances).toEqual(expected.tolerances ?? []);
    if (expected.because !== undefined) expect(judged.rejections.map((rejection) => rejection.because).join('\n')).toContain(expected.because);
    if (expected.kinds !== undefined) expect([...new Set(judged.rejections.map((rejection) => rejection.kind))].sort()).toEqual(expected.kinds);
    const { reply } = judged;
    if (reply.kind === 'edits') {
      expect(reply.output.notes).toMatchObject(expected.notes ?? {});
      if (expected.followUps !== undefined) expect(reply.output.followUpTasks.map((task) => task.title)).toEqual(expected.followUps);
    }
    if (reply.kind === 'needs') expect(reply).toMatchObject({ read: expected.read, edit: expected.edit, irrelevant: expected.irrelevant });
    if (reply.kind === 'question') expect(reply.question).toBe(expected.text);
    if (reply.kind === 'decline') expect(reply.reason).toBe(expected.text);
  });

  it.each(cases)('%s: a cut of it is refused, or holds the first of its edits, whole', (_, text) => {
    const whole = judgeReply(text).reply;
    const edits = whole.kind === 'edits' ? whole.output.edits : [];
    for (let length = 0; length <= text.length; length += 1 + Math.floor(text.length / 12)) {
      for (const cut of [text.slice(0, length), text.slice(0, length).replaceAll(/\r?\n/g, '\r\n')]) {
        const { reply, texts } = judgeReply(cut);
        if (whole.kind === 'edits' && reply.kind === 'edits') expect(reply.output.edits).toEqual(edits.slice(0, reply.output.edits.length));
        for (const [path, after] of texts) {
          if (worldTexts.get(path) !== after) expect(matchesGlobs(path, worldTask.mayTouch)).toBe(true);
        }
      }
    }
  });
});
