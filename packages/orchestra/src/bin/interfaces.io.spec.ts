import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tempRepository, type TempRepository } from '../io/testing/temp-repository';
import { interfacesCommand } from './interfaces';

let repository: TempRepository;
let folder: string;
const many = Array.from({ length: 900 }, (_, at) => [`packages/api/src/part${at}.ts`, `export function part${at}(first: string, second: number): Promise<readonly string[]> { return []; }\n`] as const);
// Put together here, so that no scanner of this repository takes it for a real one.
const token = ['ghp', '0123456789abcdefghijABCDEFGHIJ012345'].join('_');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interfaces-'));
  repository = tempRepository({
    'package.json': '{"name":"root"}', 'packages/api/package.json': '{"name":"@x/api"}', 'packages/web/package.json': '{"name":"@x/web"}',
    'packages/web/src/card.ts': '/** A card. */\nexport function card(title: string): string { return title; }\n', 'packages/web/src/card.spec.ts': 'export const inTest = 1;\n',
    'packages/web/src/token.ts': `export const token = '${token}' as const;\n`, ...Object.fromEntries(many),
  });
});
afterAll(() => {
  repository.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Pages by name, and what was said on the way. */
async function written(name: string, ...args: readonly string[]): Promise<{ readonly pages: Readonly<Record<string, string>>; readonly said: string }> {
  const out = join(folder, name);
  const said: string[] = [];
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0));
  try {
    expect(await interfacesCommand(['--repo', repository.root, '--out', out, '--cache', join(folder, 'cache'), ...args])).toBe(0);
  } finally {
    stdout?.mockRestore();
    stderr?.mockRestore();
  }
  return { pages: Object.fromEntries(readdirSync(out).sort().map((page) => [page, readFileSync(join(out, page), 'utf8')])), said: said.join('') };
}

describe('orchestra interfaces', () => {
  it('writes a page for every project and an index, without tests and without secrets', async () => {
    const { pages } = await written('first');
    expect(Object.keys(pages)).toEqual(['_root.md', 'interfaces.md', 'packages-api.md', 'packages-web.md']);
    expect(pages['packages-web.md']).toContain('- function card(title: string): string — A card.');
    expect(pages['packages-web.md']).not.toContain('inTest');
    expect(pages['packages-web.md']).not.toContain(token);
    expect(pages['packages-web.md']).toContain('[redacted]');
  });

  it('parses nothing again when nothing changed, and only the changed file when one did', async () => {
    const first = await written('again');
    expect(first.said).not.toContain('outlining');
    expect(first.pages).toEqual((await written('once more')).pages);
    repository.commit({ 'packages/web/src/card.ts': 'export function card(title: string, text: string): string { return title; }\n' });
    const { said, pages } = await written('changed');
    expect(said).toContain('outlining 1 files');
    expect(pages['packages-web.md']).toContain('card(title: string, text: string)');
    expect((await written('before', '--commit', 'HEAD~1')).pages).toEqual(first.pages);
  });

  it('caps the page of a project that exports much, unless told otherwise', async () => {
    const [capped, full] = [(await written('capped')).pages['packages-api.md'] ?? '', (await written('full', '--full')).pages['packages-api.md'] ?? ''];
    expect(capped.length).toBeLessThan(60_000);
    expect(capped).toContain('listed by the names of their exports alone');
    expect(full.match(/function part\d+\(/g)).toHaveLength(900);
  });

  it.each<[string, readonly string[], string]>([
    ['everything that is missing', [], '--repo is required\n--out is required'],
    ['a repository that is not there', ['--repo', '/nowhere', '--out', 'x'], '--repo: there is no folder /nowhere'],
    ['an unknown option', ['--outs', 'x'], 'outs'],
  ])('says %s', async (_name, args, message) => {
    await expect(interfacesCommand(args)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining(message) });
  });
});
