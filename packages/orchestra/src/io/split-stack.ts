/** Frames of test runners: they say nothing about the code, and move with the runner's version. */
const runnerFrame = /node_modules\/(?:jest|jest-[^/]+|@jest\/[^/]+|expect|vitest|@vitest\/[^/]+)\/|node:internal\/(?:process|test_runner)\/|node:async_hooks/;

export interface SplitStack {
  readonly message: string;
  readonly stack: string;
}

/**
 * An error as printed, cut where its message ends. Each frame keeps its line; the runner's own are left out. A message may hold
 * lines that look like frames, so it has to be known from the error itself; where it is not, or does not stand where V8 puts it, there
 * are no frames to be trusted. What remains: a test that rewrites the `stack` of the error it throws.
 */
export function splitStack(text: string, message: string | undefined): SplitStack {
  const start = message === undefined ? -1 : text.indexOf(message);
  if (message === undefined || start < 0 || text.slice(0, start).includes('\n')) return { message: text.trim(), stack: '' };
  const end = start + message.length;
  const rest = text.slice(end);
  const first = rest.search(/^ {4}at /m);
  if (first < 0 || (rest[0] !== '\n' && message !== '')) return { message: text.trim(), stack: '' };
  const frames = rest.slice(first).split('\n').filter((line) => !runnerFrame.test(line));
  return { message: text.slice(0, end + first).trim(), stack: frames.join('\n').trimEnd() };
}

/** Normalising trims, and a frame is told by how it begins. */
export function keepIndent(stack: string, normalise: (text: string) => string): string {
  return stack === '' ? '' : `    ${normalise(stack)}`;
}
