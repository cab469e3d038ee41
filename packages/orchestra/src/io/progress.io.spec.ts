import { createLiveLine } from './live-line';
import { createProgress } from './progress';

function terminal(columns = 60) {
  const written: string[] = [];
  return { columns, written, isTTY: true, write: (text: string) => written.push(text) };
}
/** What a terminal shows in the end: carriage return, erase line, and text. */
const screen = (written: readonly string[]) =>
  written.join('').split('\n').map((line) => line.split('\r\u001b[2K').pop()).join('\n');

const originals = { stdout: process.stdout.write, stderr: process.stderr.write };
beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => {
  jest.useRealTimers();
  process.stdout.write = originals.stdout;
  process.stderr.write = originals.stderr;
});

describe('in CI or a pipe', () => {
  it('writes one line per step, without times, and a step that repeats once', () => {
    const stream = { ...terminal(), isTTY: false };
    const progress = createProgress({ stream });
    progress.step('w1-test: asking (replay)');
    jest.advanceTimersByTime(10_000);
    progress.step('w1-test: asking (replay)');
    progress.step('gate: lint');
    progress.note('read this');
    expect(stream.written).toEqual(['· w1-test: asking (replay)\n', '· gate: lint\n', 'read this\n']);
  });

  it('does so on a terminal too when CI says so', () => {
    const stream = terminal();
    createProgress({ stream, ci: true }).step('one');
    expect(stream.written).toEqual(['· one\n']);
  });
});

describe('on a terminal', () => {
  const live = (columns?: number) => {
    const stream = terminal(columns);
    return { stream, progress: createProgress({ stream, ci: false, isTTY: true }) };
  };

  it('keeps one line that tells the step and how long it takes', () => {
    const { stream, progress } = live();
    progress.step('w1-test: asking Test (replay, round 1, 5321 tokens)');
    jest.advanceTimersByTime(12_000);
    expect(screen(stream.written)).toBe('· w1-test: asking Test (replay, round 1, 5321 tokens), 12 s');
    progress.step('gate');
    jest.advanceTimersByTime(185_000);
    expect(screen(stream.written)).toBe('· gate, 3 min 05 s');
  });

  it('keeps notes above the line', () => {
    const { stream, progress } = live();
    progress.step('gate');
    progress.note('first\nsecond');
    expect(screen(stream.written)).toBe('first\n  second\n· gate, 0 s');
  });

  it('never wraps, whatever the width', () => {
    for (const columns of [20, 2, 1]) {
      const { stream, progress } = live(columns);
      progress.step('a step that is longer than the line');
      for (const text of stream.written) expect(text.replace('\r\u001b[2K', '').length).toBeLessThan(columns);
    }
    const { stream, progress } = live(0);
    progress.step('x'.repeat(200));
    expect(screen(stream.written)).toHaveLength(79);
  });

  it('does not hold a finished process back', () => {
    const interval = jest.spyOn(global, 'setInterval');
    live();
    expect((interval.mock.results[0]?.value as NodeJS.Timeout).hasRef()).toBe(false);
  });
});

test('quiet is notes only', () => {
  const stream = terminal();
  const progress = createProgress({ stream, quiet: true });
  progress.step('hidden');
  progress.note('shown');
  expect(stream.written).toEqual(['shown\n']);
});

test.each([{ quiet: true }, { ci: true }, { ci: false, isTTY: true }])('what a reply smuggles in is not obeyed by the terminal (%j)', (options) => {
  const stream = terminal(200);
  const progress = createProgress({ stream, ...options });
  const hostile = 'a\u001b[2Jb\rc\u0007\u202egnp.ts\u009bd';
  progress.step(`${hostile}\ntwo`);
  progress.note(`${hostile}\r\ntwo`);
  const own = stream.written.join('').replaceAll('\r\u001b[2K', '');
  expect(own).not.toMatch(/[\r\u001b\u0007\u202e\u009b]/);
  expect(own).toContain('gnp.ts');
});

describe('a live line', () => {
  it('makes room for what others write, on any of the shared streams', () => {
    const [own, other] = [terminal(), terminal()];
    const line = createLiveLine(own, [other]);
    line.show('working');
    expect(other.write('report\n')).toBe(1);
    expect([own.written, other.written]).toEqual([['\r\u001b[2Kworking', '\r\u001b[2K'], ['report\n']]);
    own.write('warning\n');
    expect(own.written).toHaveLength(3);
  });

  it('does not erase half a line of somebody else', () => {
    const own = terminal();
    const line = createLiveLine(own, []);
    own.write('Continue? ');
    line.show('working');
    expect(own.written).toEqual(['Continue? ']);
    own.write('yes\n');
    line.show('working');
    expect(screen(own.written)).toBe('Continue? yes\nworking');
  });

  it('passes encodings and callbacks on', () => {
    const write = jest.fn();
    const stream = { write };
    createLiveLine(terminal(), [stream]);
    const done = () => undefined;
    Reflect.apply(stream.write, stream, ['text\n', 'utf8', done]);
    expect(write).toHaveBeenCalledWith('text\n', 'utf8', done);
  });
});
