import type { PacketFile, RankedFile, Task } from '../model';
import { policySchema } from '../model';
import { buildCorpus } from './corpus';
import { indexFile } from './index-file';
import { nearFiles } from './near-files';

const texts: Readonly<Record<string, string>> = {
  'web/page.tsx': "import { useOrders } from './use-orders';\nimport { Frame } from './frame';\nexport const Page = 1;\n",
  'web/other-page.tsx': "import { useOrders } from './use-orders';\nimport { Frame } from './frame';\nexport const Other = 1;\n",
  'web/third-page.tsx': "import { Frame } from './frame';\nimport { Page } from './page';\nexport const Third = 1;\n",
  'web/use-orders.ts': 'export const useOrders = 1;\n',
  'web/frame.tsx': 'export const Frame = 1;\n',
  'web/far.ts': 'export const far = 1;\n',
  'api/orders.ts': 'export const orders = 1;\n',
};
const corpus = buildCorpus(new Map(Object.entries(texts).map(([path, text]) => [path, indexFile(path, text)] as const)));
const task: Task = { id: 'w1-frontend', goalId: 'g', agent: 'frontend', projects: ['web'], summary: '', detail: '', mayTouch: ['web/**'], needs: [], because: [], budget: { files: 6, contextTokens: 1000 } };
const ranked = (...paths: string[]): RankedFile[] => paths.map((path) => ({ path, score: 1, because: [] }));
const shown = (...paths: string[]): PacketFile[] => paths.map((path) => ({ path, hash: 'a', mode: 'slice' as const, text: '', because: [], tokens: 1 }));

function near(files: { readonly ranked: RankedFile[]; readonly shown: PacketFile[]; readonly irrelevant?: readonly string[]; readonly mayTouch?: readonly string[] }): readonly string[] {
  const { irrelevant = [], mayTouch = task.mayTouch } = files;
  const goal = { id: 'g', type: 'bugfix' as const, title: 't', description: '', constraints: {} };
  return nearFiles({ task: { ...task, mayTouch }, goal, policy: policySchema.parse({}), ranked: files.ranked, indexes: corpus.files, requested: [], irrelevant }, corpus, files.shown);
}

describe('nearFiles', () => {
  it('name what ranks below the shown files, what may be edited first', () => {
    expect(near({ ranked: ranked('web/page.tsx', 'api/orders.ts', 'web/far.ts'), shown: shown('web/page.tsx') })[0]).toBe('web/far.ts');
    expect(near({ ranked: ranked('web/page.tsx', 'api/orders.ts', 'web/far.ts'), shown: shown('web/page.tsx') }).at(-1)).toBe('api/orders.ts');
  });

  it('name who uses the first of the ranking, and what the shown files use: first what others use least', () => {
    expect(near({ ranked: ranked('web/page.tsx'), shown: shown('web/page.tsx', 'web/other-page.tsx') })).toEqual(['web/third-page.tsx', 'web/use-orders.ts', 'web/frame.tsx']);
  });

  it('name nothing that is shown, that an earlier reply called irrelevant, or that is used from outside the lease', () => {
    expect(near({ ranked: ranked('web/page.tsx'), shown: shown('web/page.tsx'), irrelevant: ['web/frame.tsx'], mayTouch: ['web/use-*'] })).toEqual(['web/use-orders.ts']);
  });

  it('do not name the users of what everybody uses', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, number) => [`web/user-${number}.ts`, "import { far } from './far';\n"]));
    const crowd = buildCorpus(new Map(Object.entries({ ...texts, ...many }).map(([path, text]) => [path, indexFile(path, text)] as const)));
    const goal = { id: 'g', type: 'bugfix' as const, title: 't', description: '', constraints: {} };
    expect(nearFiles({ task, goal, policy: policySchema.parse({}), ranked: ranked('web/far.ts'), indexes: crowd.files, requested: [], irrelevant: [] }, crowd, shown('web/far.ts'))).toEqual([]);
  });
});
