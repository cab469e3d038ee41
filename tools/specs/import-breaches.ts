import type { Files } from './planted-workspace';

const plugin = 'packages/orchestra/src';

/** What the breaches import: one legal file per folder. No rule may say anything about these alone. */
export const legalFiles: Files = {
  [`${plugin}/model/zod.ts`]: "export { string, type ZodType } from 'zod';\n",
  [`${plugin}/model/goal.ts`]: "import * as z from './zod';\nimport { createHash } from 'node:crypto';\nexport const goal = [z.string(), createHash('sha256')];\n",
  [`${plugin}/graph/levels.ts`]: "import { goal } from '../model/goal';\nexport const levels = goal;\n",
  [`${plugin}/graph/levels.spec.ts`]:
    "import fastCheck from 'fast-check';\nimport { levels } from './levels';\nimport { fakeIo } from '../testing/fake-io';\nfastCheck.pre(levels === fakeIo);\n",
  [`${plugin}/patch/globs.ts`]:
    "import picomatch from 'picomatch';\nimport { diffLines } from 'diff';\nimport { dirname } from 'node:path/posix';\nimport { sep } from 'node:path/win32';\nexport const globs = [picomatch, diffLines, dirname, sep];\n",
  [`${plugin}/patch/hen.ts`]: "import type { Egg } from './egg';\nexport interface Hen {\n  readonly egg: Egg;\n}\n",
  [`${plugin}/patch/egg.ts`]: "import type { Hen } from './hen';\nexport type Egg = Hen | undefined;\n",
  [`${plugin}/syntax/outline.ts`]: "import { ts } from 'ts-morph';\nexport const outline = ts.version;\n",
  [`${plugin}/context-hub/packet.ts`]: "import { countTokens } from 'gpt-tokenizer';\nimport { outline } from '../syntax/outline';\nexport const packet = [countTokens, outline];\n",
  [`${plugin}/specialists/reply.ts`]:
    "import type { Tree } from '@nx/devkit';\nimport { levels } from '../graph/levels';\nexport const reply = (tree: Tree) => [tree, levels];\n",
  [`${plugin}/validator/judge.ts`]: "import { outline } from '../syntax/outline';\nexport const judge = outline;\n",
  [`${plugin}/orchestrator/plan/plan.ts`]: "import { levels } from '../../graph/levels';\nexport const plan = levels;\n",
  [`${plugin}/orchestrator/run-wave.ts`]:
    "import type { Io } from '../io/ports';\nimport { type Io as Again } from '../io/ports';\nimport { plan } from './plan/plan';\nimport { packet } from '../context-hub/packet';\nimport { reply } from '../specialists/reply';\nimport { judge } from '../validator/judge';\nexport const runWave = (io: Io | Again) => [io, plan, packet, reply, judge];\n",
  [`${plugin}/orchestrator/run-wave.io.spec.ts`]: "import { mkdtempSync } from 'node:fs';\nimport { disk } from '../io/disk';\nimport { runWave } from './run-wave';\nrunWave([mkdtempSync, disk] as never);\n",
  [`${plugin}/report/build-report.ts`]: "import { goal } from '../model/goal';\nexport const buildReport = goal;\n",
  [`${plugin}/orchestrator/run-gate.ts`]: "import { buildReport } from '../report/build-report';\nexport const runGate = buildReport;\n",
  [`${plugin}/report/text.ts`]: "import { goal } from '../model/goal';\nexport const text = goal;\n",
  [`${plugin}/io/ports.ts`]: "import type { goal } from '../model/goal';\nexport type Io = typeof goal;\nexport const realPort = 1;\n",
  [`${plugin}/io/disk.ts`]: "import { readFileSync } from 'node:fs';\nimport { workspaceRoot } from '@nx/devkit';\nimport { globs } from '../patch/globs';\nimport { levels } from '../graph/levels';\nexport const disk = [readFileSync, workspaceRoot, globs, levels];\n",
  [`${plugin}/testing/fake-io.ts`]: "import type { Io } from '../io/ports';\nexport const fakeIo = [] as unknown as Io;\n",
  [`${plugin}/generators/wave/generator.ts`]:
    "import { disk } from '../../io/disk';\nimport { runWave } from '../../orchestrator/run-wave';\nimport { text } from '../../report/text';\nexport default () => [runWave, disk, text];\n",
  [`${plugin}/executors/gate/executor.ts`]: "import { judge } from '../../validator/judge';\nexport default () => judge;\n",
  [`${plugin}/plugin.ts`]: "import { createNodesFromFiles } from '@nx/devkit';\nexport const createNodes = [createNodesFromFiles, () => import('./io/disk')];\n",
  'packages/crm-contracts/src/contact.ts': "import { z } from 'zod';\nexport const contact = z.string();\n",
  'packages/crm-contracts/package.json': '{ "name": "@aisha/crm-contracts", "version": "0.1.0", "dependencies": { "zod": "^4.0.0" } }\n',
  'packages/crm-backend/src/routes.ts': "import { contact } from '../../crm-contracts/src/contact';\nexport const routes = contact;\n",
};

/** A file of one folder that imports one thing. */
const at = (file: string, imported: string): Files => ({ [`${plugin}/${file}`]: `import { breach } from '${imported}';\nexport const use = breach;\n` });

/**
 * One or more breaches of each rule of .dependency-cruiser.cjs. The first file of each is the one the rule must name;
 * where the obvious pattern has a hole (`^fs$` lets `node:fs/promises` through), the hole is planted.
 */
export const importBreaches: Readonly<Record<string, readonly Files[]>> = {
  'model-imports': [at('model/breach.ts', '../graph/levels'), at('model/breach-package.ts', 'yaml')],
  'graph-imports': [at('graph/breach.ts', '../patch/globs'), at('graph/breach-package.ts', 'picomatch')],
  'patch-imports': [at('patch/breach.ts', '../graph/levels')],
  'syntax-imports': [at('syntax/breach.ts', '../patch/globs')],
  'context-hub-imports': [at('context-hub/breach.ts', '../report/text'), at('context-hub/breach.spec.ts', '../orchestrator/run-wave')],
  'specialists-imports': [at('specialists/breach.ts', '../syntax/outline')],
  'validator-imports': [at('validator/checks/breach.ts', '../../orchestrator/plan/plan'), at('validator/breach-package.ts', 'picomatch')],
  'orchestrator-plan-imports': [at('orchestrator/plan/breach.ts', '../../context-hub/packet'), at('orchestrator/plan/breach-run.ts', '../run-wave')],
  'orchestrator-imports': [at('orchestrator/breach.ts', '../report/text')],
  'report-imports': [at('report/breach.ts', '../graph/levels')],
  'io-imports': [at('io/breach.ts', '../validator/judge')],
  'testing-imports': [at('testing/breach.ts', '../validator/judge')],
  'pure-code-leaves-the-world-alone': [
    at('context-hub/breach-promises.ts', 'node:fs/promises'),
    at('patch/breach-process.ts', 'child_process'),
    at('specialists/breach-path.ts', 'node:path'),
    at('report/breach.spec.ts', 'node:fs'),
    at('breach-at-root.ts', 'node:os'),
    { [`${plugin}/graph/breach-dynamic.ts`]: "export const later = () => import('node:fs');\n" },
    { [`${plugin}/graph/breach-require.ts`]: "export const later = () => require('node:fs');\n" },
  ],
  'ports-are-types': [at('orchestrator/breach-port.ts', '../io/ports'), at('testing/breach-port.ts', '../io/ports')],
  'io-is-for-the-edge': [
    at('specialists/breach-io.ts', '../io/disk'),
    at('orchestrator/breach-io.ts', '../io/disk'),
    { [`${plugin}/orchestrator/breach-io-type.ts`]: "import type { disk } from '../io/disk';\nexport type Disk = typeof disk;\n" },
  ],
  'ports-are-for-the-orchestrator': [
    { [`${plugin}/validator/breach-port.ts`]: "import type { Io } from '../io/ports';\nexport type World = Io;\n" },
    { [`${plugin}/orchestrator/plan/breach-port.ts`]: "import type { Io } from '../../io/ports';\nexport type World = Io;\n" },
  ],
  'layers-never-import-one-another': [
    at('validator/breach-layer.ts', '../specialists/reply'),
    at('specialists/breach-layer.ts', '../context-hub/packet'),
    at('context-hub/breach-layer.io.spec.ts', '../validator/judge'),
    { [`${plugin}/context-hub/breach-type.ts`]: "import type { judge } from '../validator/judge';\nexport type Judge = typeof judge;\n" },
  ],
  'entries-are-imported-by-nobody': [at('orchestrator/breach-entry.ts', '../generators/wave/generator'), at('io/breach-entry.ts', '../plugin')],
  'nx-at-the-edge': [at('graph/breach-nx.ts', '@nx/devkit'), at('orchestrator/breach-nx.ts', 'nx/src/devkit-exports')],
  'ts-morph-in-syntax': [
    at('validator/breach-morph.ts', 'ts-morph'),
    at('io/breach-morph.ts', 'ts-morph'),
    { [`${plugin}/context-hub/breach-morph.ts`]: "import type { Project } from 'ts-morph';\nexport type World = Project;\n" },
  ],
  'zod-in-one-file': [
    at('model/breach-zod.ts', 'zod'),
    at('io/breach-zod.ts', 'zod/v4'),
    { [`${plugin}/orchestrator/plan/breach-zod.ts`]: "import type { z } from 'zod';\nexport type Issue = z.core.$ZodIssue;\n" },
  ],
  'fakes-are-for-specs': [at('validator/breach-fake.ts', '../testing/fake-io'), at('generators/wave/breach.ts', '../../testing/fake-io')],
  'specs-are-imported-by-nobody': [at('graph/breach-spec.ts', './levels.spec')],
  'plugin-stays-tiny': [{ [`${plugin}/plugin.ts`]: "import { parse } from 'yaml';\nexport const createNodes = parse;\n" }],
  'only-declared-packages': [at('io/breach-dev.ts', 'fast-check'), at('io/breach-undeclared.ts', 'semver')],
  'no-unresolved-imports': [at('graph/breach-nowhere.ts', './nowhere'), at('io/breach-nowhere.ts', 'no-such-package')],
  'no-cycles': [
    { [`${plugin}/graph/egg.ts`]: "import { hen } from './hen';\nexport const egg = hen;\n", [`${plugin}/graph/hen.ts`]: "import { egg } from './egg';\nexport const hen = egg;\n" },
    { [`${plugin}/patch/loop.ts`]: "import type { globs } from './globs';\nimport { again } from './again';\nexport const loop = [again] as unknown as typeof globs;\n", [`${plugin}/patch/again.ts`]: "import { loop } from './loop';\nexport const again = () => loop;\n" },
  ],
  'no-orphans': [{ [`${plugin}/report/breach-alone.ts`]: 'export const alone = 1;\n' }],
  'plugin-and-crm-are-strangers': [
    at('io/breach-crm.ts', '../../../crm-contracts/src/contact'),
    { 'packages/crm-backend/src/breach.ts': "import { goal } from '../../orchestra/src/model/goal';\nexport const use = goal;\n" },
  ],
  'crm-ends-meet-in-contracts': [
    { 'packages/crm-frontend/src/breach.ts': "import { routes } from '../../crm-backend/src/routes';\nexport const use = routes;\n" },
    { 'packages/crm-contracts/src/breach.ts': "import { routes } from '../../crm-backend/src/routes';\nexport const use = routes;\n" },
  ],
};
