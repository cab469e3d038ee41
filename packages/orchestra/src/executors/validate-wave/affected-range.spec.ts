import { affectedRange } from './affected-range';

/** No repository: a base stays as it was given. */
const range = (...args: readonly string[]) => affectedRange(['node', 'nx', ...args], 'validate-wave', '/');

describe('affectedRange', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>> | undefined]>([
    ['--base=', ['affected', '-t', 'validate-wave', '--base=v1'], { NX_BASE: 'v1' }],
    ['--base and --head', ['affected', '--targets=lint,validate-wave', '--base', 'v1', '--head', 'v2'], { NX_BASE: 'v1', NX_HEAD: 'v2' }],
    ['no range', ['affected', '-t', 'validate-wave'], undefined],
    ['another target', ['affected', '-t', 'test', '--base=v1'], undefined],
    ['another command', ['run', 'shop:validate-wave', '--base=v1'], undefined],
    ['a flag in the place of a value', ['affected', '-t', 'validate-wave', '--base', '--head=v2'], { NX_HEAD: 'v2' }],
  ])('hands on what nx affected was given: %s', (_, args, expected) => {
    expect(range(...args)).toEqual(expected);
  });
});
