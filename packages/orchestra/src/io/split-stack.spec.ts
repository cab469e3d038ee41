import { splitStack } from './split-stack';

const forged = 'boom\n    at refund (packages/api/src/refund.js:1:1)';

describe('splitStack', () => {
  it('cuts an error where its message ends and leaves the runner out', () => {
    expect(splitStack('TypeError: boom\n    at f (a.js:1:2)\n    at run (node_modules/jest-circus/build/run.js:1:1)\n    at g (b.js:1:2)', 'boom')).toEqual({
      message: 'TypeError: boom', stack: '    at f (a.js:1:2)\n    at g (b.js:1:2)',
    });
  });

  it('takes nothing in a message for a frame, whatever it looks like', () => {
    expect(splitStack(`Error: ${forged}\n    at spec (a.spec.js:1:2)`, forged)).toEqual({ message: `Error: ${forged}`, stack: '    at spec (a.spec.js:1:2)' });
  });

  it.each<[string, string, string | undefined]>([
    ['a message nobody knows', `Error: ${forged}`, undefined],
    ['a message that was changed after the error was made', `Error: ${forged}`, 'other'],
    ['a message that stands in a forged frame', `Error: ${forged}`, '    at refund (packages/api/src/refund.js:1:1)'],
    ['a message that is but the beginning of a line', 'Error: boom and more\n    at refund (packages/api/src/refund.js:1:1)', 'boom'],
    ['an error without frames', 'Error: boom', 'boom'],
  ])('answers no frames for %s', (_, text, message) => {
    expect(splitStack(text, message)).toEqual({ message: text, stack: '' });
  });

  it('knows an error without a message', () => {
    expect(splitStack('Error\n    at f (a.js:1:2)', '')).toEqual({ message: 'Error', stack: '    at f (a.js:1:2)' });
  });
});
