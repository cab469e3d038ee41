import { policySchema, sha256, type AgentNotes, type Evidence, type Finding, type OrchestrationGoal, type ProofEvidence, type TargetRun, type TestCaseRun, type TestRun, type WavePlan } from '../../model';
import { changedFile, sampleEvidence, samplePolicy } from '../../testing/sample-evidence';
import { judge } from '../judge';
import { decide } from '../decide';
import { blastRadius } from './blast-radius';
import { bugfixLaw, featureLaw } from './change-law';
import { disturbed } from './disturbed';
import { lease } from './lease';
import { proof } from './proof';
import { protectedPath } from './protected-path';
import { tasks } from './tasks';
import { testIntegrity } from './test-integrity';

const rules = (findings: readonly Finding[]): readonly string[] => findings.map((finding) => `${finding.rule}:${finding.severity}`);
const source = 'packages/api/src/contacts.ts';

const goal: OrchestrationGoal = { id: 'leak', type: 'bugfix', title: 'Leak', description: 'Contacts of another tenant.' };
const planOf = (mayTouch: readonly string[], more: Partial<WavePlan> = {}): WavePlan => ({
  version: 1, goal, base: 'a', graphHash: 'g', unmapped: [], ranked: [], forecast: { projects: ['api'], files: 1, lines: 15 },
  waves: [{ index: 1, title: 'fix', tasks: [{ id: 'w1-backend', goalId: 'leak', agent: 'backend', projects: ['api'], summary: '', detail: '', mayTouch: [...mayTouch], needs: [], because: [], budget: { files: 6, contextTokens: 1000 } }] }],
  ...more,
});

describe('lease', () => {
  const judged = (overrides: Partial<Evidence>) => rules(lease.judge(sampleEvidence({ plans: [planOf(['packages/api/**', '!**/*.spec.ts'])], ...overrides })));

  it.each<[string, Partial<Evidence>, readonly string[]]>([
    ['a path inside', { changes: [changedFile(source, 'a', 'b')] }, []],
    ['a path outside', { changes: [changedFile('packages/web/src/a.ts', 'a', 'b')] }, ['outside-lease:block']],
    ['a path taken away by a negative glob', { changes: [changedFile('packages/api/src/a.spec.ts', 'a', 'b')] }, ['outside-lease:block']],
    ['a file moved out of another project', { changes: [changedFile(source, 'a', 'a', 'packages/web/src/a.ts')] }, ['outside-lease:block']],
    ['our own records', { changes: [changedFile('orchestra/waves/leak/plan.json', undefined, '{}')] }, []],
    ['code hidden among our records', { changes: [changedFile('orchestra/waves/leak/run.ts', undefined, 'x')] }, ['outside-lease:block']],
    ['source moved among our records', { changes: [changedFile('orchestra/waves/leak/plan.json', 'a', 'a', 'packages/web/a.json')] }, ['outside-lease:block']],
    ['data hidden among our records', { changes: [changedFile('orchestra/waves/leak/evil.dat', undefined, 'x')] }, ['outside-lease:block']],
    ['two goals, the union of their leases', { changes: [changedFile('packages/web/src/a.ts', 'a', 'b')], plans: [planOf(['packages/api/**']), planOf(['packages/web/**'])] }, []],
    ['a shallow clone', { shallow: true, changes: [changedFile('packages/web/src/a.ts', 'a', 'b')] }, ['history-shallow:person']],
    ['no plan at all', { plans: undefined }, ['evidence-missing:person']],
    ['a goal edited after its first wave', { goals: [{ ...goal, description: 'Everything.' }], goalsAtBase: [goal] }, ['goal-edited:person']],
    ['an answer added to a goal', { goals: [{ ...goal, answers: [{ question: 'a', answer: 'b' }] }], goalsAtBase: [goal] }, []],
    ['a new goal', { goals: [goal], goalsAtBase: [] }, ['goal-in-diff:info']],
    ['target files outside the planned projects, in a goal that base has as well', { plans: [planOf(['**'], { goal: { ...goal, targetFiles: ['packages/web/src/a.ts'] } })], goals: [{ ...goal, targetFiles: ['packages/web/src/a.ts'] }], goalsAtBase: [{ ...goal, targetFiles: ['packages/web/src/a.ts'] }] }, []],
    ['target files outside the planned projects', { plans: [planOf(['**'], { goal: { ...goal, targetFiles: ['packages/web/src/a.ts'] } })] }, ['goal-targets-outside:person']],
    ['target files that no graph can place', { graph: undefined, plans: [planOf(['**'], { goal: { ...goal, targetFiles: ['packages/web/src/a.ts'] } })] }, ['evidence-missing:person']],
  ])('%s', (_name, overrides, expected) => {
    expect(judged(overrides)).toEqual(expected);
  });

  it('asks a person about a goal that leases more projects than its kind may touch', () => {
    const wide = planOf(['**']);
    const tasks = wide.waves[0]?.tasks.map((task) => ({ ...task, projects: ['a', 'b', 'c', 'd'] })) ?? [];
    expect(judged({ plans: [{ ...wide, waves: [{ index: 1, title: '', tasks }] }] })).toEqual(['goal-too-wide:person']);
  });

  it.each<[string, string, string | undefined, readonly string[]]>([
    ['the proposed text', 'b', sha256('b'), []],
    ['the proposed text with CRLF', 'b\r\n', sha256('b\n'), []],
    ['another text', 'c', sha256('b'), ['amended-by-hand:warn']],
    ['a change nobody proposed', 'c', undefined, ['amended-by-hand:warn']],
  ])('proposals: %s', (_name, head, hash, expected) => {
    expect(judged({ changes: [changedFile(source, 'a', head)], proposals: hash === undefined ? {} : { [source]: hash } })).toEqual(expected);
  });
});

describe('protected-path', () => {
  it.each<[string, Evidence['changes'][number], readonly string[]]>([
    ['the policy', changedFile('orchestra/orchestra.json', '{}', '{ }'), ['protected-path:person']],
    ['nx.json in another case', changedFile('NX.json', undefined, '{}'), ['protected-path:person']],
    ['a migration edited in place', changedFile('packages/crm/migrations/004_contacts.sql', 'a', 'b'), ['append-only-changed:person']],
    ['a migration renamed', changedFile('db/migrations/old/4.sql', 'a', 'a', 'db/migrations/4.sql'), ['append-only-changed:person']],
    ['a new migration', changedFile('packages/crm/migrations/011_tags.sql', undefined, 'b'), []],
    ['a workflow', changedFile('.github/workflows/ci.yml', 'a', 'b'), ['protected-path:person']],
    ['a test config moved away', changedFile('packages/api/old.txt', 'a', 'a', 'packages/api/jest.config.js'), ['protected-path:person']],
    ['a symbolic link', { ...changedFile(source, undefined, '../../etc'), headMode: '120000' }, ['mode-changed:person']],
    ['a file made executable', { ...changedFile(source, 'a', 'a'), headMode: '100755' }, ['mode-changed:person']],
    ['a binary program', changedFile('packages/api/tool.bin', undefined, null), ['unread-change:person']],
    ['a link that points elsewhere', { ...changedFile(source, '../a', '../../etc'), baseMode: '120000', headMode: '120000' }, ['mode-changed:person']],
    ['a submodule at another commit', { ...changedFile('packages/vendor', 'a', 'b'), baseMode: '160000', headMode: '160000' }, ['mode-changed:person']],
    ['a program that stays one', { ...changedFile('packages/api/run', 'a', 'b'), baseMode: '100755', headMode: '100755' }, []],
    ['a picture', { ...changedFile('packages/web/logo.png', undefined, null), headStart: '89504e470d0a1a0a0000000d49484452' }, ['unread-change:warn']],
    ['a font', { ...changedFile('packages/web/sans.woff2', undefined, null), headStart: '774f4632000100000000' }, ['unread-change:warn']],
    ['a program named as a picture', { ...changedFile('packages/web/logo.png', undefined, null), headStart: '7f454c46020101000000' }, ['unread-change:person']],
    ['a picture named as source', { ...changedFile(source, undefined, null), headStart: '474946383961' }, ['unread-change:person']],
    ['a picture of which nobody read a byte', changedFile('packages/web/logo.png', undefined, null), ['unread-change:person']],
    ['a text too large to read', changedFile('packages/api/data.json', 'a', null), ['unread-change:person']],
    ['ordinary source', changedFile(source, 'a', 'b'), []],
    ['a record that is required', changedFile('packages/api/src/a.js', 'a;', `require('../../../orchestra/waves/fee/wave-1/report.md');`), ['text-loaded-as-code:block']],
    ['a record that is imported', changedFile('packages/api/src/a.ts', 'a;', `import '../../../orchestra/context/api.md';`), ['text-loaded-as-code:block']],
    ['a record whose path is joined at run time', changedFile('packages/api/src/a.spec.ts', 'a;', `eval(readFileSync(join(root, 'orchestra/context/api.md'), 'utf8'));`), ['text-loaded-as-code:block']],
    ['a text that is required', changedFile('packages/api/src/a.js', 'a;', `module.exports = require('./notes.txt');`), ['text-loaded-as-code:person']],
    ['a record that was loaded before', changedFile('packages/api/src/a.js', `require('../../../orchestra/context/api.md');`, `require('../../../orchestra/context/api.md');\nb();`), []],
    ['a module without its ending', changedFile('packages/api/src/a.js', 'a;', `require('./contacts.service'); require('./data.json'); import './style.css';`), []],
    ['a document that names a record', changedFile('packages/api/README.md', 'a', `See 'orchestra/context/api.md'.`), []],
  ])('%s', (_name, change, expected) => {
    expect(rules(protectedPath.judge(sampleEvidence({ changes: [change] })))).toEqual(expected);
  });
});

describe('protected-path and imports', () => {
  it('asks a person about a picture that changed source imports: some pictures are programs as well', () => {
    const picture = { ...changedFile('packages/api/src/logo.gif', undefined, null), headStart: '474946383961' };
    const user = changedFile(source, 'a', `const logo = require('./logo.gif');`);
    expect(rules(protectedPath.judge(sampleEvidence({ changes: [picture, user] })))).toEqual(['unread-change:person']);
  });
});

describe('protected-path and the policy', () => {
  const policy = policySchema.parse({ alsoProtected: ['packages/judge/**'], specialists: [{ name: 'api', domain: ['**'], prompt: 'prompts/api.md' }] });

  it.each(['prompts/api.md', 'prompts/API.md', 'packages/judge/src/judge.ts', '.pnpmfile.cjs'])('asks a person about %s', (path) => {
    expect(rules(protectedPath.judge(sampleEvidence({ policy, changes: [changedFile(path, 'a', 'b')] })))).toEqual(['protected-path:person']);
  });
});

describe('tasks', () => {
  const run = (project: string, target: string, more: Partial<TargetRun> = {}): TargetRun => ({ project, target, status: 'passed', tail: '', ...more });
  const affected = [{ name: 'api', because: [] }];

  it.each<[string, Partial<Evidence>, readonly string[]]>([
    ['all passed', { targets: [run('api', 'build'), run('api', 'test')], affected }, []],
    ['one failed', { targets: [run('api', 'build', { status: 'failed' }), run('api', 'test')], affected }, ['target-failed:block']],
    ['one that fails on base as well, as far as is said', { targets: [run('api', 'build', { status: 'failed', failsOnBase: true }), run('api', 'test')], affected }, ['target-failed:block']],
    ['one that fails on base in the same way', { targets: [run('api', 'build', { status: 'failed' }), run('api', 'test')], baselines: [{ project: 'api', target: 'build', status: 'failed', newLines: [] }], affected }, ['target-failed-on-base:warn']],
    ['one that fails on base, with too much output', { targets: [run('api', 'build', { status: 'failed' }), run('api', 'test')], baselines: [{ project: 'api', target: 'build', status: 'failed' }], affected }, ['target-unclear-on-base:person']],
    ["another project's old failure", { targets: [run('api', 'build', { status: 'failed' }), run('api', 'test')], baselines: [{ project: 'web', target: 'build', status: 'failed', newLines: [] }], affected }, ['target-failed:block']],
    ['one not run', { targets: [run('api', 'build', { status: 'not-run' }), run('api', 'test')], affected }, ['target-not-run:person']],
    ['one nobody asked for', { targets: [run('api', 'build')], affected }, ['target-not-run:person']],
    ['a part that stands in while a wave is judged', { head: 'working-tree', policy: samplePolicy({ related: { api: { test: 'test-related' } } }), targets: [run('api', 'build'), run('api', 'test-related')], affected }, ['target-left-to-ci:info']],
    ['a part that fails', { head: 'working-tree', policy: samplePolicy({ related: { api: { test: 'test-related' } } }), targets: [run('api', 'build'), run('api', 'test-related', { status: 'failed' })], affected }, ['target-failed:block']],
    ['a part where the whole is asked, as in CI', { policy: samplePolicy({ related: { api: { test: 'test-related' } } }), targets: [run('api', 'build'), run('api', 'test-related')], affected }, ['target-not-run:person']],
    ['a part that nobody ran', { head: 'working-tree', policy: samplePolicy({ related: { api: { test: 'test-related' } } }), targets: [run('api', 'build')], affected }, ['target-not-run:person']],
    ['one the project does not have', { targets: [run('web', 'build', { status: 'not-run' })] }, []],
    ['nothing collected', { targets: undefined }, ['evidence-missing:person']],
  ])('%s', (_name, overrides, expected) => {
    expect(rules(tasks.judge(sampleEvidence(overrides)))).toEqual(expected);
  });
});

describe('proof', () => {
  const runOf = (testCase: Pick<TestCaseRun, 'status' | 'failure'>): TestRun => ({ runner: 'jest', files: ['packages/api/src/a.spec.ts'], cases: [{ id: 'a', file: 'packages/api/src/a.spec.ts', title: 'a', ...testCase }], suiteErrors: [], timedOut: false, tail: '' });
  const green = runOf({ status: 'passed' });
  const red = runOf({ status: 'failed', failure: { message: 'expect(received).toBe(expected)', stack: '', assertion: true } });
  const proved: ProofEvidence = { testFiles: ['packages/api/src/a.spec.ts'], base: red, head: [green, green], productionFiles: [source] };

  it.each<[string, Partial<Evidence>, readonly string[]]>([
    ['a bugfix without a test', { changes: [changedFile(source, 'a', 'b')] }, ['regression-test-missing:block']],
    ['a bugfix that deletes its test', { changes: [changedFile(source, 'a', 'b'), changedFile('packages/api/src/a.spec.ts', 'a', undefined)] }, ['regression-test-missing:block']],
    ['a bugfix whose test was not run', { changes: [changedFile(source, 'a', 'b'), changedFile('packages/api/src/a.spec.ts', undefined, 'a')] }, ['evidence-missing:person']],
    ['a bugfix proved by a file of data that is there', { changes: [changedFile('packages/api/limits.json', undefined, '{}'), changedFile('packages/api/src/a.spec.ts', undefined, 'a')], proof: proved }, ['red-not-proved:block']],
    ['a bugfix proved by source', { changes: [changedFile(source, 'a', 'b'), changedFile('packages/api/src/a.spec.ts', undefined, 'a')], proof: proved }, []],
    ['a bugfix of prose', { changes: [changedFile('packages/api/README.md', 'a', 'b')] }, []],
    ['a feature', { kind: 'feature', changes: [changedFile(source, 'a', 'b')] }, []],
  ])('%s', (_name, overrides, expected) => {
    expect(rules(proof.judge(sampleEvidence(overrides)))).toEqual(expected);
  });
});

describe('blast-radius', () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line(${index});`).join('\n');
  const prose = (count: number): string => Array.from({ length: count }, (_, index) => `say('text${index}', total);`).join('\n');
  const files = (count: number) => Array.from({ length: count }, (_, index) => changedFile(`packages/api/src/f${index}.ts`, 'a', 'b'));

  it.each<[string, Partial<Evidence>, readonly string[]]>([
    ['a small fix', { changes: [changedFile(source, lines(3), lines(5))] }, []],
    ['too many lines', { changes: [changedFile(source, '', lines(133))] }, ['too-many-lines:block']],
    ['many lines', { changes: [changedFile(source, '', lines(85))] }, ['too-many-lines:warn']],
    ['lines of tests', { changes: [changedFile('packages/api/src/a.spec.ts', '', lines(500))] }, []],
    ['lines of white space', { changes: [changedFile(source, lines(500), lines(500).replaceAll('(', ' ( ').replaceAll('\n', '\r\n'))] }, []],
    ['lines of other quotes and no semicolons', { kind: 'change', changes: [changedFile(source, prose(400), prose(400).replaceAll(`'`, '"').replaceAll(';', ''))] }, []],
    ['two lines in a file that is wrapped anew', { kind: 'change', changes: [changedFile(source, prose(400), prose(400).replaceAll('(', '(\n  ').replaceAll(`text7'`, `text7b'`))] }, []],
    ['too many files', { changes: files(7) }, ['too-many-files:block']],
    ['new files that the bugfix law names', { changes: files(2).map(({ path }) => changedFile(path, undefined, 'x')) }, []],
    ['new files that the notes justify', { changes: files(2).map(({ path }) => changedFile(path, undefined, 'x')), notes: [{ risks: [], justification: 'a queue of its own' }] }, ['too-many-new-files:block']],
    ['new files while the bugfix law is off', { policy: policySchema.parse({ checks: { 'bugfix-law': 'off' } }), changes: files(2).map(({ path }) => changedFile(path, undefined, 'x')) }, ['too-many-new-files:block']],
    ['too many new migrations', { changes: files(2).map((_file, index) => changedFile(`packages/api/migrations/${index}.sql`, undefined, 'x')) }, ['too-many-new-files:block']],
    ['too many new files of a change', { kind: 'change', changes: files(16).map(({ path }) => changedFile(path, undefined, 'x')) }, ['too-many-files:warn', 'too-many-new-files:block']],
    ['no project graph', { changes: [changedFile(source, 'a', 'b')], graph: undefined }, ['evidence-missing:person']],
    ['a strayed project', { changes: [changedFile('packages/web/a.ts', 'a', 'b')], plans: [planOf(['**'])] }, ['over-forecast:warn']],
    ['a removed export', { exports: [{ path: source, name: 'scoped', change: 'removed', usedBy: ['packages/web/a.ts'] }] }, ['export-removed:person']],
    ['an export that went to another file with everybody', { exports: [{ path: source, name: 'scoped', change: 'removed', usedBy: ['packages/web/a.ts'], stillUsedBy: [], movedTo: 'packages/api/src/b.ts' }] }, ['export-removed:info']],
    ['an export that went, and somebody looks in the old place', { exports: [{ path: source, name: 'scoped', change: 'removed', usedBy: ['packages/web/a.ts'], stillUsedBy: ['packages/web/a.ts'], movedTo: 'packages/api/src/b.ts' }] }, ['export-removed:person']],
    ['a removed route', { routes: [{ path: source, method: 'GET', route: '/api/contacts', change: 'removed', because: [], usedBy: [] }] }, ['route-removed:person']],
    ['a changed route', { routes: [{ path: source, method: 'GET', route: '/api/contacts', change: 'changed', because: ['guard "requireAuth" is new'], usedBy: [] }] }, ['route-changed:warn']],
    ['an added route', { routes: [{ path: source, method: 'GET', route: '/api/contacts', change: 'added', because: [], usedBy: [] }] }, []],
    ['an added export', { exports: [{ path: source, name: 'scoped', change: 'added', usedBy: [] }] }, []],
  ])('%s', (_name, overrides, expected) => {
    expect(rules(blastRadius.judge(sampleEvidence(overrides)))).toEqual(expected);
  });

  const manifest = (dependencies: Readonly<Record<string, string>>, group = 'dependencies') => JSON.stringify({ [group]: dependencies });
  const explained: readonly AgentNotes[] = [{ risks: [], dependenciesExplained: 'needed for dates' }];
  it.each<[string, string, string, Partial<Evidence>, readonly string[]]>([
    ['added in a bugfix', manifest({}), manifest({ a: '1' }), {}, ['new-dependency:block']],
    ['added and explained', manifest({}), manifest({ a: '1' }), { notes: [...explained] }, ['new-dependency:person']],
    ['added in a feature', manifest({}), manifest({ a: '1' }), { kind: 'feature' }, ['new-dependency:warn']],
    ['a new version', manifest({ a: '1' }), manifest({ a: '2' }), {}, []],
    ['a version from elsewhere', manifest({ a: '1' }), manifest({ a: 'github:someone/a' }), {}, ['new-dependency:block']],
    ['moved between groups', manifest({ a: '1' }), manifest({ a: '1' }, 'devDependencies'), {}, []],
    ['a manifest that does not parse', manifest({}), '{', {}, ['unread-change:person']],
  ])('a dependency: %s', (_name, base, head, overrides, expected) => {
    const findings = blastRadius.judge(sampleEvidence({ changes: [changedFile('packages/api/package.json', base, head)], ...overrides }));
    expect(rules(findings)).toEqual(expected);
  });
});

describe('bugfix-law and feature-law', () => {
  const code = Array.from({ length: 40 }, (_, index) => `export const value${index} = call('${index}', total);`).join('\n');
  const justified: readonly AgentNotes[] = [{ risks: [], justification: 'stability: the queue must not grow without bound' }];
  const renamed = (count: number) => Array.from({ length: count }, (_, index) => changedFile(`packages/api/new/f${index}.ts`, 'a', 'a', `packages/api/old/f${index}.ts`));
  const nested = (depth: number): string => Array.from({ length: 30 }, (_, index) => `${' '.repeat(depth)}step(${index});`).join('\n');
  const testOf = (title: string, value: number): string => `it('${title}', () => { expect(f('${title}')).toBe(${value}); });\n`;
  const uses = (name: string): string => `export function ${name}() { return 1; }\n${Array.from({ length: 9 }, () => `run(${name}());`).join('\n')}`;

  it.each<[string, Partial<Evidence>, readonly string[]]>([
    ['a fix in place', { changes: [changedFile(source, code, code.replace('value7', 'value7b'))] }, []],
    ['one move', { changes: renamed(1) }, ['file-renamed-in-bugfix:warn']],
    ['mass moves', { changes: renamed(3) }, ['file-renamed-in-bugfix:block', 'file-renamed-in-bugfix:block', 'file-renamed-in-bugfix:block']],
    ['a new source file', { changes: [changedFile(source, undefined, 'x')] }, ['new-file-in-bugfix:block']],
    ['a new source file, justified', { changes: [changedFile(source, undefined, 'x')], notes: [...justified] }, ['new-file-in-bugfix:person']],
    ['a new test', { changes: [changedFile('packages/api/src/a.spec.ts', undefined, 'x')] }, []],
    ['two lines in a reindented file', { changes: [changedFile(source, code, code.replaceAll('call(', '  call( ').replace('value7 ', 'value7b '))] }, ['file-reformatted:block']],
    ['two lines in a file with other quotes', { changes: [changedFile(source, code, code.replaceAll(`'`, '"').replaceAll(';', '').replace('value7 ', 'value7b '))] }, ['file-reformatted:block']],
    ['two lines in a rewrapped file', { changes: [changedFile(source, code, code.replaceAll('(', '(\n  ').replaceAll(', total', ',\n  total,\n').replace('value7 ', 'value7b '))] }, ['file-reformatted:block']],
    ['forty lines of new comments', { changes: [changedFile(source, code, `${'// why it is so\n'.repeat(40)}${code.replace('value7 ', 'value7b ')}`)] }, []],
    ['a new function over many lines', { changes: [changedFile(source, code, `${code}\nexport function sum() {\n${'  add(\n    1,\n  );\n'.repeat(15)}}\n`)] }, []],
    ['a long text that is rewritten', { changes: [changedFile(source, `${code}\nconst text = \`${'old line\n'.repeat(30)}\`;`, `${code}\nconst text = \`${'new words\n'.repeat(30)}\`;`)] }, []],
    ['a body that is wrapped', { changes: [changedFile(source, nested(0), `wrap(() => {\n${nested(2)}\n});`)] }, []],
    ['a body that is unwrapped', { changes: [changedFile(source, `wrap(() => {\n${nested(2)}\n});`, nested(0))] }, []],
    ['a body moved in without a reason', { changes: [changedFile(source, nested(0), `${nested(2)}\nlast();`)] }, ['file-reformatted:block']],
    ['a wrapped body beside a reformatted one', { changes: [changedFile(source, `${nested(0)}\nmiddle();\n${code}`, `wrap(() => {\n${nested(2)}\n});\nmiddle();\n${code.replaceAll('call(', '  call( ')}`)] }, ['file-reformatted:block']],
    ['CRLF endings on disk that git will not store', { changes: [{ ...changedFile(source, 'a();', 'b();'), onDisk: 'crlf' }] }, ['file-reformatted:person']],
    ['CRLF endings', { changes: [changedFile(source, code, code.replaceAll('\n', '\r\n'))] }, ['file-reformatted:block']],
    ['a name replaced throughout', { changes: [changedFile(source, uses('load'), uses('fetchAll'))] }, ['symbol-renamed-in-bugfix:block']],
    ['another function called at many sites', { changes: [changedFile(source, uses('load').replace('function load', 'function scoped'), uses('scoped'))] }, []],
  ])('bugfix: %s', (_name, overrides, expected) => {
    expect(rules(bugfixLaw.judge(sampleEvidence(overrides)))).toEqual(expected);
  });

  it.each<[string, Partial<Evidence>, readonly string[]]>([
    ['unexplained moves', { changes: renamed(1) }, ['refactor-unexplained:warn']],
    ['explained moves', { changes: renamed(1), notes: [...justified] }, []],
    ['a changed expectation', { changes: [changedFile('packages/api/src/a.spec.ts', testOf('a', 1), testOf('a', 2))] }, ['existing-test-changed:warn']],
    ['a changed expectation, in JavaScript', { changes: [changedFile('packages/api/test/a.test.js', testOf('a', 1), testOf('a', 2))] }, ['existing-test-changed:warn']],
    ['a deleted test', { changes: [changedFile('packages/api/src/a.spec.ts', testOf('a', 1), undefined)] }, ['existing-test-changed:warn']],
    ['tests added to a file that stood there', { changes: [changedFile('packages/api/src/a.spec.ts', testOf('a', 1), testOf('a', 1) + testOf('b', 2))] }, []],
    ['more asked of a test that stood there', { changes: [changedFile('packages/api/src/a.spec.ts', testOf('a', 1), testOf('a', 1).replace(' });', ' expect(g()).toBe(3); });'))] }, []],
    ['a test that moves', { changes: [changedFile('packages/api/src/a.spec.ts', testOf('a', 1) + testOf('b', 2), testOf('a', 1)), changedFile('packages/api/src/b.spec.ts', undefined, testOf('b', 2))] }, []],
    ['a new file', { changes: [changedFile(source, undefined, 'x')] }, []],
  ])('feature: %s', (_name, overrides, expected) => {
    expect(rules(featureLaw.judge(sampleEvidence({ kind: 'feature', ...overrides })))).toEqual(expected);
  });
});

describe('test-integrity beside the tests themselves', () => {
  const titled = (): string => [1, 2, 3, 4].map((value) => `it('t${value}', () => { expect(f(${value})).toBe(${value}); });\n`).join('');
  const snapshot = (text: string): string => `// Jest Snapshot v1\n\nexports[\`a 1\`] = \`${text}\`;\n`;
  it.each<[string, Evidence['changes'][number], readonly string[]]>([
    ['eslint-disable', changedFile(source, 'a();', '// eslint-disable-next-line no-console\na();'), ['suppression-added:block']],
    ['@ts-ignore', changedFile(source, 'a();', '// @ts-ignore\na();'), ['suppression-added:block']],
    ['a coverage pragma', changedFile(source, 'a();', '/* istanbul ignore next */\na();'), ['suppression-added:block']],
    ['a suppression in a test', changedFile('packages/api/src/a.spec.ts', 'a();', '// @ts-expect-error wrong on purpose\na();'), ['suppression-added:warn']],
    ['one condition before a whole file', changedFile('packages/api/src/a.spec.ts', titled(), `if (!process.env.CI) {\n${titled()}}\n`), ['test-weakened:person']],
    ['a suppression that moves', changedFile(source, '// @ts-ignore\na();\nb();', 'b();\n// @ts-ignore\na();'), []],
    ['the words in a string', changedFile(source, 'a();', `log('eslint-disable');`), []],
    ['as any', changedFile(source, 'f(a);', 'f(a as any);'), ['type-hole-added:warn']],
    ['as unknown as', changedFile(source, 'f(a);', 'f(a as unknown as B);'), ['type-hole-added:warn']],
    ['a rewritten snapshot', changedFile('packages/api/src/__snapshots__/a.spec.ts.snap', snapshot('1'), snapshot('2')), ['snapshot-rewritten:person']],
    ['a snapshot that is new', changedFile('packages/api/src/__snapshots__/a.spec.ts.snap', '', snapshot('2')), []],
    ['a rewritten inline snapshot', changedFile('packages/api/src/a.spec.ts', `it('a', () => { expect(f()).toMatchInlineSnapshot('1'); });`, `it('a', () => { expect(f()).toMatchInlineSnapshot('2'); });`), ['snapshot-rewritten:person']],
    ['a lowered coverage floor', changedFile('packages/api/jest.config.js', 'module.exports = { coverageThreshold: { global: { lines: 90 } } };', 'module.exports = { coverageThreshold: { global: { lines: 40 } } };'), ['threshold-lowered:block']],
    ['a coverage floor taken away', changedFile('package.json', '{ "jest": { "coverageThreshold": { "global": { "lines": 90 } } } }', '{ "jest": {} }'), ['threshold-lowered:block']],
    ['more warnings allowed', changedFile('package.json', '{ "scripts": { "lint": "eslint --max-warnings 0 ." } }', '{ "scripts": { "lint": "eslint --max-warnings 50 ." } }'), ['threshold-lowered:block']],
    ['a raised coverage floor', changedFile('packages/api/jest.config.js', 'module.exports = { coverageThreshold: { global: { lines: 40 } } };', 'module.exports = { coverageThreshold: { global: { lines: 90 } } };'), []],
  ])('%s', (_name, change, expected) => {
    expect(rules(testIntegrity.judge(sampleEvidence({ changes: [change] })))).toEqual(expected);
  });
});

describe('disturbed', () => {
  it('blocks whatever moved while proposed code ran', () => {
    expect(rules(disturbed.judge(sampleEvidence({ targets: [], disturbed: ['.git/hooks/pre-commit'] })))).toEqual(['workspace-disturbed:block']);
  });
  it('misses its evidence only where something ran', () => {
    expect(rules(disturbed.judge(sampleEvidence({ targets: [] })))).toEqual(['evidence-missing:person']);
    expect(rules(disturbed.judge(sampleEvidence()))).toEqual([]);
  });
});

describe('modes', () => {
  const outside: Partial<Evidence> = { plans: [planOf(['packages/api/**'], { forecast: { projects: ['api', 'web'], files: 1, lines: 15 } })], changes: [changedFile('packages/web/src/a.md', 'a', 'b')], targets: [], disturbed: [] };
  const judged = (checks: Readonly<Record<string, unknown>>, more: Partial<Evidence> = {}) =>
    judge(sampleEvidence({ ...outside, ...more, policy: samplePolicy({ checks: policySchema.parse({ checks }).checks }) }));

  it('evaluated turns a block into a warning that says so', () => {
    const [finding] = judged({ lease: 'evaluated' });
    expect(finding).toMatchObject({ rule: 'outside-lease', severity: 'warn', because: expect.stringContaining('enforced it would block'), data: { evaluated: 'block' } });
  });

  it('a rule may be set apart from its check', () => {
    expect(rules(judged({ lease: 'evaluated', 'outside-lease': 'enforced' }))).toEqual(['outside-lease:block']);
  });

  it('off is silent about the subject and says that it is off', () => {
    expect(rules(judged({ lease: 'off' }))).toEqual(['check-off:info']);
  });

  it('a diff nobody planned is held to everything but proof and size', () => {
    const big = Array.from({ length: 900 }, (_, index) => `a${index}();`).join('\n');
    const findings = judge(sampleEvidence({ kind: 'change', targets: [], disturbed: [], changes: [changedFile(source, '', big), changedFile('nx.json', '{}', '{ }')] }));
    expect(rules(findings)).toEqual(['protected-path:person', 'too-many-lines:warn']);
    expect(decide(findings).decision).toBe('unjudged');
  });

  it('judges twice the same, worst first', () => {
    const evidence = sampleEvidence({ ...outside, changes: [changedFile('nx.json', 'a', 'b'), changedFile('packages/web/a.ts', undefined, 'x')] });
    const findings = judge(evidence);
    expect(JSON.stringify(judge(evidence))).toBe(JSON.stringify(findings));
    const order = ['block', 'person', 'warn', 'info'];
    expect([...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))).toEqual(findings);
  });
});
