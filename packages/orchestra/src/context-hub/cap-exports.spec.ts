import { outlineFile } from './outline-file';
import { renderInterfaces } from './render-interfaces';

const outline = (path: string, count: number) =>
  outlineFile(path, Array.from({ length: count }, (_, at) => `/** What number ${at} is for. */\nexport function name${at}(first: string, second: number): Promise<readonly string[]> {}\n`).join(''));
const outlines = [outline('packages/a/src/index.ts', 2), outline('packages/a/src/deep/large.ts', 30), outline('packages/a/src/deep/small.ts', 1)];

describe('interfaces of a project that exports much', () => {
  it('are whole while they fit', () => {
    const text = renderInterfaces('a', outlines, 100_000);
    expect(text).toBe(renderInterfaces('a', outlines));
    expect(text.match(/function name/g)).toHaveLength(33);
    expect(text).not.toContain('to keep this page short');
  });

  it('keep the names of every file, the signatures of the first, and say what was left out', () => {
    const text = renderInterfaces('a', outlines, 1200);
    expect(text.length).toBeLessThan(1600);
    expect(text).toContain('- 1 of 3 files are listed by the names of their exports alone');
    expect(text).toMatch(/### packages\/a\/src\/deep\/large\.ts\n\n- name0, name1, .*name15 and 14 more/);
    expect(text).toContain('- function name0(first: string, second: number): Promise<readonly string[]> — What number 0 is for.');
  });

  it('are the same whatever the order of the outlines', () => {
    expect(renderInterfaces('a', [...outlines].reverse(), 1200)).toBe(renderInterfaces('a', outlines, 1200));
  });
});
