import type { OrchestrationGoal, RankingCandidate } from '../../model';
import { framePlanningPrompt } from './planning-frame';

/** Asks a model for the order in which the candidates are likely to need the change. Pure; the candidates stand in the hub's order. */
export function renderOrderPrompt(goal: OrchestrationGoal, candidates: readonly RankingCandidate[]): string {
  return framePlanningPrompt(
    { title: 'Which of these files must change?', sections: [role, answer(candidates.length)] },
    goal,
    [{ title: 'Files', lead: `${candidates.length} files, each by its number and path, with why the search put it there and what in it speaks of the goal.`, text: candidates.map(entry).join('\n\n') }],
    'Begin with the path that most likely needs the change. End with `END OF REPLY`.',
  );
}

const role =
  'A search has put files of a workspace in order for the goal below. It knows words, names, routes, imports and past commits, and not what code does. ' +
  'Put the files into the order in which they most likely have to be **changed** to reach the goal: where the cause lies goes before where it shows, and a file that is only ' +
  'read, configured or similar goes last. This text is all you have: no tools, no second look at the repository. You change nothing, and nothing is decided by your ' +
  'order but which lines of which file are shown first to whoever does the work.';

function answer(count: number): string {
  return `## How to answer

One file a line, the likeliest first: its path as it stands below and, if you like, \` - \` and a few words why. Leave out those that do not matter (they follow in
the order they have now). Only these ${count} files count: any other path is dropped. No heading, no code, nothing else.

    path/of/the/first.ts - sets the value that the goal says is wrong
    path/of/the/second.ts
    END OF REPLY`;
}

function entry({ path, because, lines }: RankingCandidate, position: number): string {
  return [`${position + 1}. ${oneLine(path)}`, ...because.map((reason) => `   because ${oneLine(reason)}`), ...lines.map((line) => `   | ${oneLine(line)}`)].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 500);
}
