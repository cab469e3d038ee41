import type { Edit, Rejection } from '../model';
import { fenceText } from './fence-text';

export interface RejectionContext {
  /** The edits of the refused reply, so that those that hold can be named. */
  readonly edits?: readonly Edit[];
  /** Globs of the lease. */
  readonly mayTouch?: readonly string[];
  readonly repairRoundsLeft?: number;
  readonly contextRoundsLeft?: number;
}

/**
 * Tells the model why its reply was not used: what failed and why, the nearest real lines, what held, what the lease
 * does not cover and how to ask for it, and what to send. Markdown; lines of files are fenced as data.
 */
export function explainRejection(rejections: readonly Rejection[], context: RejectionContext = {}): string {
  const faults = rejections.map((rejection) => describe(rejection, context.edits));
  return [
    `Your reply was not used: ${count(rejections.length, 'fault')}. Nothing of it was applied, neither the faulty parts nor the sound ones.`,
    faults.join('\n'),
    ...held(rejections, context.edits),
    ...advice(rejections, context),
    ending(context.repairRoundsLeft),
  ].join('\n\n');
}

function describe(rejection: Rejection, edits: readonly Edit[] | undefined): string {
  const edit = rejection.edit === undefined ? undefined : edits?.[rejection.edit];
  const place = [
    ...(rejection.edit === undefined ? [] : [`edit ${rejection.edit + 1}`]),
    ...(edit === undefined ? [] : [edit.kind]),
    ...(rejection.path === undefined ? [] : [code(rejection.path)]),
  ].join(', ');
  const text = `- ${place === '' ? '' : `${place}: `}${rejection.kind}: ${oneLine(rejection.because)}.`;
  return rejection.nearest === undefined ? text : `${text} The file has:\n\n${fenceText(rejection.nearest)}\n`;
}

function held(rejections: readonly Rejection[], edits: readonly Edit[] | undefined): readonly string[] {
  if (edits === undefined || rejections.some((rejection) => rejection.edit === undefined && rejection.kind === 'malformed')) return [];
  const failed = new Set(rejections.map((rejection) => rejection.edit));
  const sound = edits.flatMap((edit, index) => (failed.has(index) ? [] : [`${index + 1} (${edit.kind} ${code(edit.path)})`]));
  return sound.length === 0 ? [] : [`These edits fit as they are; send them again unchanged: ${sound.join(', ')}.`];
}

/** One paragraph per kind of fault, however often it occurred. */
function advice(rejections: readonly Rejection[], context: RejectionContext): readonly string[] {
  const kinds = new Set(rejections.map((rejection) => rejection.kind));
  const asking = context.contextRoundsLeft === 0 ? '' : ' Or ask for the path with `status: needs` and an `edit:` list instead of editing it; inside your domain it is granted.';
  const lease = context.mayTouch === undefined ? '' : ` You may touch: ${context.mayTouch.map(code).join(' ')}.`;
  const texts: readonly (readonly [readonly Rejection['kind'][], string])[] = [
    [['no-match', 'ambiguous-match'], 'A SEARCH text is copied from the file as it is shown, character by character, and long enough to occur once.'],
    [['overlap'], 'Edits to the same lines belong in one block.'],
    [['outside-lease'], `Paths outside your lease cannot be changed in this task.${lease} What is needed elsewhere goes under \`followUps:\`.${asking}`],
    [['path-refused', 'protected'], 'Refused and protected paths cannot be asked for. If the task cannot be done without them, answer `status: decline` and say why.'],
    [['too-many-files'], 'Do the task with fewer files, or answer `status: decline` and say why it cannot be done.'],
    [['not-shown'], 'Only lines that you have been shown can be edited. They are shown below now, or ask for them with `status: needs` and a `read:` list.'],
    [['stale'], 'The file has changed since you were shown it; use its present text.'],
    [['exists'], 'An existing file is changed with SEARCH/REPLACE blocks. CREATE is for new files.'],
    [['missing'], 'A new file is written with a CREATE block. For an existing one, copy its path as it is shown.'],
    [['unknown-import'], 'Import only what exists: packages that the workspace declares, files and exports that you have been shown or that you create yourself.'],
    [['no-effect'], 'If nothing needs to change, answer `status: decline` and say why.'],
    [['malformed'], 'Keep to the reply format: the path alone in the line above the opening marker, complete code, every block closed.'],
  ];
  return texts.filter(([of]) => of.some((kind) => kinds.has(kind))).map(([, text]) => text);
}

function ending(roundsLeft: number | undefined): string {
  const rounds = roundsLeft === undefined ? '' : roundsLeft === 0 ? ' This is the last time that you are asked.' : ` After this one, ${count(roundsLeft, 'more attempt')} can be made.`;
  return `Send the whole reply again, with all edits, not only the mended ones.${rounds}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Paths and reasons quote the reply, so they may hold ticks and line breaks of their own. */
function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 500);
}
