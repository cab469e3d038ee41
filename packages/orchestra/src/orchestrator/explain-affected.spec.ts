import { importGraph } from '../context-hub/import-graph';
import { indexFile } from '../context-hub/index-file';
import { graphOf } from '../testing/graph-of';
import { explainAffected } from './explain-affected';

const files = { 'packages/lib/src/price.ts': 'export const price = 1;\n', 'packages/api/src/total.ts': "import { a } from './a';\nimport { price } from '../../lib/src/price';\n" };
const imports = importGraph(new Map(Object.entries(files).map(([path, text]) => [path, indexFile(path, text)])));

describe('why a project is affected', () => {
  const graph = graphOf({ lib: [], api: ['lib'], web: ['api'], other: [] });

  it('names the file that imports over each hop, and a dependency nobody imports over', () => {
    const affected = ['api', 'lib', 'web'].map((name) => ({ name, because: [] }));
    expect(explainAffected(affected, ['packages/lib/src/price.ts'], graph, imports).map(({ because }) => because)).toEqual([
      [{ kind: 'import', detail: 'packages/api/src/total.ts:2 imports packages/lib/src/price.ts' }],
      [],
      [{ kind: 'import', detail: 'packages/api/src/total.ts:2 imports packages/lib/src/price.ts' }, { kind: 'dependency', detail: 'web declares that it depends on api' }],
    ]);
  });
});
