import { createLiveLine, type LineStream } from './live-line';
import type { Progress } from './ports';

export interface ProgressOptions {
  /** Notes only. */
  readonly quiet?: boolean;
  /** Default: stderr. Stdout belongs to whoever reads the answer. */
  readonly stream?: LineStream & { readonly isTTY?: boolean };
  readonly isTTY?: boolean;
  readonly ci?: boolean;
}

const refreshMs = 1000;

/**
 * Where a wave is. On a terminal: one live line with the step, what it waits for and for how long. In CI or a pipe: one line
 * per step, no spinner and no times, so that two runs can be compared.
 */
export function createProgress(options: ProgressOptions = {}): Progress {
  const stream = options.stream ?? process.stderr;
  const terminal = (options.isTTY ?? stream.isTTY === true) && process.env['TERM'] !== 'dumb';
  if (options.quiet === true) return { step: () => undefined, note: noteTo(stream) };
  return terminal && !(options.ci ?? isContinuousIntegration()) ? liveProgress(stream) : lineProgress(stream);
}

function isContinuousIntegration(): boolean {
  return !['', '0', 'false'].includes(process.env['CI'] ?? '');
}

function lineProgress(stream: LineStream): Progress {
  let last: string | undefined;
  const step = (text: string) => {
    if (text !== last) stream.write(`· ${printable(text)}\n`);
    last = text;
  };
  return { step, note: noteTo(stream) };
}

function liveProgress(stream: LineStream): Progress {
  const line = createLiveLine(stream, [process.stdout, process.stderr]);
  let current: { readonly text: string; readonly since: number } | undefined;
  const draw = () => {
    if (current !== undefined) line.show(`· ${current.text}, ${elapsed(Date.now() - current.since)}`);
  };
  // Unreferenced: a progress line must never keep a finished command alive.
  setInterval(draw, refreshMs).unref();
  process.once('exit', line.clear);
  const note = noteTo(stream);
  return {
    step: (text) => {
      const shown = printable(text).replace(/\n\s*/g, ' ');
      if (current?.text !== shown) current = { text: shown, since: Date.now() };
      draw();
    },
    note: (text) => {
      note(text);
      draw();
    },
  };
}

function noteTo(stream: LineStream): Progress['note'] {
  return (text) => void stream.write(`${printable(text)}\n`);
}

function elapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Steps and notes quote paths, ids and warnings out of replies: control characters would write over the terminal, and marks
 * of direction would show another path than the one meant.
 */
function printable(text: string): string {
  return text.replace(/\r?\n/g, '\n  ').replace(/[^\P{Cc}\n]|[\u2028\u2029]|\p{Bidi_Control}/gu, '\ufffd');
}
