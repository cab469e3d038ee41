/**
 * Who may import whom (docs/decisions/0002-import-rules.md). Every rule says what to do instead, no two rules answer
 * for the same import, and tools/specs/import-rules.spec.ts plants one breach of each: a rule nobody has seen refuse is
 * not one. What imports cannot show (`fetch`, `Date`, `process`) is refused by eslint.config.mjs in the same folders.
 */
const src = '^packages/orchestra/src';
const entries = `${src}/(?:generators|executors|bin)/|${src}/plugin\\.ts$`;
const edge = `${src}/io/|${entries}`;
const ports = `${src}/io/ports\\.ts$`;
const spec = '\\.spec\\.tsx?$';
const ioSpec = '\\.io\\.spec\\.ts$';
const peers = 'context-hub|specialists|validator';
const nx = 'node_modules/(?:nx|@nx/[^/]+)/';
/** Kept apart from the folder rules because `only-declared-packages` and `no-unresolved-imports` answer for them. */
const undeclared = ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'];

/** One row per folder: which folders (and one single file) of ours it may import, which packages, and what to do when that is not enough. */
const folders = [
  { name: 'model', imports: [], packages: ['zod'], instead: 'Nouns know nobody. Move the code to the folder that needs both.' },
  { name: 'graph', imports: ['model'], packages: [], instead: 'Pure graph algebra: take what you need as an argument.' },
  { name: 'patch', imports: ['model'], packages: ['picomatch', 'diff'], instead: 'Pure text algebra: take what you need as an argument.' },
  { name: 'syntax', imports: ['model'], packages: ['ts-morph'], instead: 'Answer with plain data of model/ and let the caller combine it.' },
  {
    name: 'context-hub', imports: ['model', 'graph', 'patch', 'syntax'], packages: ['gpt-tokenizer'],
    instead: 'A packet is made of texts, a task and a graph. Let the orchestrator pass the rest in as data of model/.',
  },
  { name: 'specialists', imports: ['model', 'graph', 'patch'], packages: [], instead: 'A specialist sees its packet only. Put more into the packet.' },
  {
    name: 'validator', imports: ['model', 'graph', 'patch', 'syntax'], packages: [],
    instead: 'A check sees Evidence only. Collect what it needs in io/ and pass it as data of model/.',
  },
  {
    name: 'orchestrator/plan', imports: ['model', 'graph', 'patch'], packages: ['yaml'],
    instead: 'A goal file is read here, text to data; planning needs no layer: let orchestrator/ compute it first and hand it over as data.',
  },
  {
    name: 'orchestrator', except: `${src}/orchestrator/plan/`,
    imports: ['model', 'graph', 'patch', 'context-hub', 'specialists', 'validator'], file: 'report/build-report.ts', packages: [],
    instead: 'The orchestrator drives the layers and the ports. Rendering belongs to the caller, everything else behind a port.',
  },
  { name: 'report', imports: ['model'], packages: [], instead: 'A renderer reads the WaveReport and nothing else. Put what is missing into the report.' },
  {
    name: 'io', imports: ['model', 'graph', 'patch'], packages: ['.+'],
    instead: 'A neighbour of the world decides nothing. Let the generator, executor or orchestrator call the layer.',
  },
  { name: 'testing', imports: ['model'], packages: [], instead: 'Published fakes implement io/ports over data of model/, and nothing more.' },
];

function folderRule({ name, except, imports, file, packages, instead }) {
  const self = name.replace('/', '-');
  const ours = [...[name, 'testing', ...imports].map((folder) => `${src}/${folder}/`), ...(file ? [`${src}/${file}$`] : [])];
  const theirs = packages.map((name) => `node_modules/(?:@types/)?${name}/`);
  const answeredElsewhere = [nx, 'node_modules/ts-morph/', 'node_modules/zod/', `${src}/io/`, entries, '^packages/crm', ...(peers.includes(name) ? [`${src}/(?:${peers})/`] : [])];
  return {
    name: `${self}-imports`,
    comment: `${name}/ may import ${[...imports.map((folder) => `${folder}/`), ...(file ? [file] : []), ...packages].join(', ')}. ${instead}`,
    severity: 'error',
    from: { path: `${src}/${name}/`, pathNot: [ioSpec, ...(except ? [except] : [])] },
    to: { pathNot: [...ours, ...theirs, ...answeredElsewhere], dependencyTypesNot: ['core', ...undeclared] },
  };
}

module.exports = {
  forbidden: [
    ...folders.map(folderRule),
    {
      name: 'pure-code-leaves-the-world-alone',
      comment:
        'Only io/, generators/, executors/ and bin/ touch disk, process, network or clock. Take the value as an argument, or add a method to a port in io/ports.ts. Allowed: node:path/posix and node:path/win32, and createHash of node:crypto.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [edge, ioSpec] },
      to: { dependencyTypes: ['core'], pathNot: '^(?:node:)?(?:crypto|path/(?:posix|win32))$' },
    },
    {
      name: 'ports-are-types',
      comment: 'The orchestrator and the fakes know the world as types. Write `import type`, and take the real thing as an argument.',
      severity: 'error',
      from: { path: `${src}/(?:orchestrator/(?!plan/)|testing/)`, pathNot: ioSpec },
      to: { path: ports, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'io-is-for-the-edge',
      comment: 'Only generators/, executors/, bin/ and plugin.ts build the world; orchestrator/ and testing/ may see io/ports as types. Pass data in, or take the port as an argument.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [edge, ioSpec] },
      to: { path: `${src}/io/(?!ports\\.ts$)` },
    },
    {
      name: 'ports-are-for-the-orchestrator',
      comment: 'A pure folder takes data, never a port. Let orchestrator/ read through the port and pass on what it read.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [edge, ioSpec, `${src}/(?:orchestrator/(?!plan/)|testing/)`] },
      to: { path: ports },
    },
    {
      name: 'layers-never-import-one-another',
      comment: 'context-hub, specialists and validator meet in orchestrator/ only: the plan writes the permission, the validator reads it. Move what both need to model/, graph/ or patch/.',
      severity: 'error',
      from: { path: `${src}/(${peers})/` },
      to: { path: `${src}/(?:${peers})/`, pathNot: `${src}/$1/` },
    },
    {
      name: 'entries-are-imported-by-nobody',
      comment: 'generators/, executors/, bin/ and plugin.ts are where Nx and people come in. Move what you need down into the folder that owns it.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [entries, ioSpec] },
      to: { path: entries },
    },
    {
      name: 'nx-at-the-edge',
      comment: 'Nx values are loaded in io/, generators/, executors/, bin/ and plugin.ts only. Elsewhere write `import type`, or use WorkspaceGraph of model/.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [edge, ioSpec] },
      to: { path: nx, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ts-morph-in-syntax',
      comment: 'Only syntax/ parses source. Ask it for plain data, or add what is missing there.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: `${src}/syntax/` },
      to: { path: 'node_modules/ts-morph/' },
    },
    {
      name: 'zod-in-one-file',
      comment: 'The build bundles the zod that model/zod.ts exports; an import past it loads all of zod a second time. Write `import * as z` from model/zod, and add what is missing there.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: `${src}/model/zod\\.ts$` },
      to: { path: 'node_modules/zod/' },
    },
    {
      name: 'fakes-are-for-specs',
      comment: 'testing/ is what users and specs put in place of the world. Production code takes a port of io/ports.ts.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [spec, `${src}/testing/`] },
      to: { path: `${src}/testing/` },
    },
    {
      name: 'specs-are-imported-by-nobody',
      comment: 'A spec is run, never imported. Move what is shared into testing/ or beside the source it builds.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: spec },
    },
    {
      name: 'plugin-stays-tiny',
      comment: 'Every nx command loads plugin.ts. Load whatever is heavier than node core and Nx with `await import()` where it is needed.',
      severity: 'error',
      from: { path: `${src}/plugin\\.ts$` },
      to: { path: 'node_modules/', pathNot: nx, dependencyTypesNot: ['type-only', 'dynamic-import', ...undeclared] },
    },
    {
      name: 'only-declared-packages',
      comment: "What ships imports what its own package.json declares. Add it there, with a row in docs/decisions/dependencies.md; dev dependencies are for specs.",
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [spec, '/testing/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional', 'type-only'] },
    },
    {
      name: 'no-unresolved-imports',
      comment: 'Nothing is found under this name. Correct the path, or add the package to the package.json of this project.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need one another are one file, or hide a third that both need: merge or extract. (Types may: they are gone at run time.)',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports this file and it imports nobody. Delete it, or connect it.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', spec, entries, '/index\\.ts$', '/adversarial/cases/'] },
      to: {},
    },
    {
      name: 'plugin-and-crm-are-strangers',
      comment: 'The plugin serves any workspace and the CRM uses it through Nx only. Move what is shared into orchestra.json, or test it in tools/.',
      severity: 'error',
      from: { path: '^packages/(orchestra|crm)[^/]*/' },
      to: { path: '^packages/(?:orchestra|crm)[^/]*/', pathNot: '^packages/$1[^/]*/' },
    },
    {
      name: 'crm-ends-meet-in-contracts',
      comment: "The CRM's frontend and backend share nothing but crm-contracts. Move the shape there.",
      severity: 'error',
      from: { path: '^packages/crm-(frontend|backend|contracts)/' },
      to: { path: '^packages/crm-(?:frontend|backend)/', pathNot: '^packages/crm-$1/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    // Anchored: a plain `dist/` would also hide every package that is published from a folder of that name.
    exclude: { path: '^packages/[^/]+/(?:dist/|jest\\.config\\.js$)|/__fixtures__/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@aisha/source', 'require', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
