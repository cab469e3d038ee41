export interface StackFrame {
  /** Path as it stands in the frame once container, bundler and query decorations are gone, without leading slash. */
  readonly path: string;
  readonly line: number;
  readonly function?: string;
}

const v8 = /^\s*at\s+(?:(?:async\s+|new\s+)?([\w$.<>[\] ]+?)\s+\()?((?:[a-z-]+:\/\/)?[^\s()]+?):(\d+)(?::\d+)?\)?(?:\s*\{)?\s*$/;
const gecko = /^\s*([\w$.<>/]*)@((?:[a-z-]+:\/\/)?\S+?):(\d+)(?::\d+)?\s*$/;
const outsider = /(?:^|\/)node_modules\/|^node:|^internal\/|^<anonymous>|\[native code\]|^native$/;

/** What `docker compose logs`, a journal or a logger puts before each line: `backend-1  | `, `Nov 23 05:40:12 host node[812]: `. */
const columns = /^.{0,200}?(?:[|\]>:]\s+|\s{3,}|\t)(?=at\s)/;
/** A log in JSON keeps a whole stack in one line, and goes on behind it. */
const lineEnds = /\n|\\{1,8}n(?=\s{0,80}at\s)/;
const endOfText = /\\{0,8}["'](?:[,}\])].*)?$|\\{1,8}$/;

/** V8 and Firefox frames in any text, in order. Frames of packages and of the runtime are left out. */
export function readStackFrames(text: string): readonly StackFrame[] {
  return text.split(lineEnds).flatMap((line) => readFrame(line) ?? []);
}

function readFrame(line: string): StackFrame | undefined {
  // A frame is short, and long lines and runs of spaces are bait for backtracking.
  if (line.length > 500) return undefined;
  const match = v8.exec(line.replace(columns, '').replace(endOfText, '').replace(/\s+/g, ' ')) ?? gecko.exec(line);
  if (match === null) return undefined;
  const path = stripDecorations(match[2] ?? '');
  if (outsider.test(path) || !/\.[cm]?[jt]sx?$/.test(path)) return undefined;
  const name = (match[1] ?? '').split('.').at(-1)?.trim() ?? '';
  return { path, line: Number(match[3]), ...(/^[A-Za-z_$][\w$]*$/.test(name) ? { function: name } : {}) };
}

/** `webpack-internal:///./src/a.tsx?v=1`, `file:///app/backend/a.js`, `https://host/src/a.jsx?t=2` → a path. */
export function stripDecorations(raw: string): string {
  return raw
    .replace(/^webpack(?:-internal)?:\/\/\/?(?:[\w@.-]+\/(?=\.\/))?/, '')
    .replace(/^(?:file|https?|rsc|app|capacitor):\/\/[^/]*/, '')
    .replace(/^\/?@fs\//, '/')
    .replace(/[?#].*$/, '')
    .replace(/^[A-Za-z]:/, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.{0,2}\/)+/, '');
}
