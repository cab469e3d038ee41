import type { Progress } from './ports';

export interface ProgressOptions {
  /** Notes only. */
  readonly quiet?: boolean;
  readonly stream?: NodeJS.WriteStream;
  readonly isTTY?: boolean;
  readonly ci?: boolean;
}

const refreshMs = 1000;

/**
 * Where a wave is, on stderr. On a terminal: one live line with the step and how long it has taken. In CI or a pipe: one
 * line per step, no spinner and no times, so that two runs can be compared.
 */
export function createProgress(options: ProgressOptions = {}): Progress {
  const stream = options.stream ?? process.stderr;
  const live = (options.isTTY ?? stream.isTTY === true) && !(options.ci ?? process.env['CI'] !== undefined);
  return options.quiet === true ? quietProgress(stream) : live ? liveProgress(stream) : lineProgress(stream);
}

function quietProgress(stream: NodeJS.WriteStream): Progress {
  return { step: () => undefined, note: (text) => void stream.write(`${text}\n`) };
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  return { step: (text) => void stream.write(`· ${printable(text)}\n`), note: (text) => void stream.write(`${printable(text)}\n`) };
}

function liveProgress(stream: NodeJS.WriteStream): Progress {
  let current: { readonly text: string; readonly since: number } | undefined;
  const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1000)} s`;
  const draw = (): void => {
    if (current !== undefined) {
      stream.write(`\r\u001b[2K· ${clip(`${current.text} (${seconds(current.since)})`, stream.columns ?? 80)}`);
    }
  };
  const settle = (): void => {
    if (current !== undefined) {
      stream.write(`\r\u001b[2K✓ ${current.text} (${seconds(current.since)})\n`);
      current = undefined;
    }
  };
  // Unreferenced: a progress line must never keep a finished command alive.
  setInterval(draw, refreshMs).unref();
  process.once('exit', settle);
  return {
    step: (text) => {
      settle();
      current = { text: printable(text), since: Date.now() };
      draw();
    },
    note: (text) => {
      settle();
      stream.write(`${printable(text)}\n`);
    },
  };
}

/** Steps quote paths and ids out of replies: control characters would let those write over the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => (character === '\n' ? '\n  ' : ' '));
}

function clip(text: string, columns: number): string {
  return text.length + 3 > columns ? `${text.slice(0, Math.max(0, columns - 4))}…` : text;
}
