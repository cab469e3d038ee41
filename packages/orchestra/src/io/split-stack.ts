/** Frames of test runners: they say nothing about the code, and move with the runner's version. */
const runnerFrame = /node_modules\/(?:jest|jest-[^/]+|@jest\/[^/]+|expect|vitest|@vitest\/[^/]+)\/|node:internal\/(?:process|test_runner)\/|node:async_hooks/;

/** An error as printed, cut where its frames begin. Each frame keeps its line; the runner's own are left out. */
export function splitStack(text: string): { readonly message: string; readonly stack: string } {
  const start = text.search(/^ {4}at /m);
  if (start < 0) return { message: text, stack: '' };
  const frames = text.slice(start).split('\n').filter((line) => !runnerFrame.test(line));
  return { message: text.slice(0, start).trim(), stack: frames.join('\n').trimEnd() };
}
