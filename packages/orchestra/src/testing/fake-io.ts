import type { Io, ScratchTree, TestRequest } from '../io/ports';
import type { AffectedProject, AgentContextPacket, FileTexts, TargetRun, TestRun, WavePlan, WaveReport, WaveState, WorkspaceGraph } from '../model';
import { type FakeLanguageModel, fakeLanguageModel, type FakeScript } from './fake-language-model';
import { type FakeHistory, fakeRepository } from './fake-repository';
import { graphOf } from './graph-of';

/** One run of tests, with all texts of its scratch tree: what a scripted runner decides on. */
export interface FakeTestRequest extends Pick<TestRequest, 'projectRoot' | 'files'> {
  readonly commit: string;
  readonly texts: FileTexts;
}

/** What there is, and what happens when it is run. Whatever is run without being scripted throws. */
export interface FakeWorld extends FakeHistory {
  readonly graph?: WorkspaceGraph;
  readonly affected?: (changedPaths: readonly string[]) => readonly AffectedProject[];
  readonly replies?: FakeScript;
  readonly runTests?: (request: FakeTestRequest) => TestRun;
  readonly runTarget?: (project: string, target: string) => TargetRun['status'];
  /** The same in a scratch tree, of which these are the texts. */
  readonly runTargetIn?: (project: string, target: string, texts: FileTexts) => TargetRun['status'];
  /** Every occurrence of one of these is a secret. */
  readonly secrets?: readonly string[];
  /** Path → why the disk refuses it. */
  readonly refusedPaths?: Readonly<Record<string, string>>;
  readonly states?: readonly WaveState[];
  readonly plans?: readonly WavePlan[];
  readonly reports?: readonly WaveReport[];
}

/** An `Io` in memory, and what was done to it. */
export interface FakeIo extends Io {
  readonly model: FakeLanguageModel;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  /** `<goal>/<task>.<round>` → prompt of a question about the plan. */
  readonly prompts: ReadonlyMap<string, string>;
  readonly packets: readonly { readonly packet: AgentContextPacket; readonly round: number; readonly prompt: string }[];
  /** `<goal>/<task>.<round>` → text. */
  readonly replies: ReadonlyMap<string, string>;
  readonly testRuns: readonly FakeTestRequest[];
  /** Scratch trees made and not yet disposed of; a wave must leave none. */
  readonly openTrees: ReadonlySet<string>;
}

export function fakeIo(world: FakeWorld): FakeIo {
  const repository = fakeRepository(world);
  const graph = world.graph ?? graphOf({});
  const secrets = fakeSecrets(world.secrets ?? []);
  return {
    repository, secrets,
    ...fakeRuns(world, repository, graph),
    ...fakeRecords(world),
    ...fakeProgress(),
    workspace: { graph: async () => graph, affected: async (paths) => world.affected?.(paths) ?? touchedAndDependents(graph, paths) },
    index: fakeIndex(),
    model: fakeLanguageModel(world.replies ?? []),
    checkRealPaths: async (paths) => paths.flatMap((path) => (world.refusedPaths?.[path] === undefined ? [] : [{ kind: 'path-refused' as const, path, because: world.refusedPaths[path] }])),
  };
}

interface ScratchContent {
  readonly commit: string;
  readonly texts: Map<string, string>;
}

function fakeRuns(world: FakeWorld, repository: Io['repository'], graph: WorkspaceGraph): Pick<FakeIo, 'scratch' | 'tests' | 'targets' | 'testRuns' | 'openTrees'> {
  const contents = new Map<string, ScratchContent>();
  const testRuns: FakeTestRequest[] = [];
  const openTrees = new Set<string>();
  const containment = async () => ['nothing is run'];
  const run = async ({ tree, projectRoot, files }: TestRequest) => {
    const content = contents.get(tree.path);
    if (content === undefined || !openTrees.has(tree.path)) throw new Error(`fakeIo: tests are run in ${tree.path}, which is no open scratch tree`);
    const request = { projectRoot, files, commit: content.commit, texts: new Map(content.texts) };
    testRuns.push(request);
    return world.runTests?.(request) ?? unscripted(`tests ${files.join(', ')}`);
  };
  return { testRuns, openTrees, scratch: fakeScratch(repository, contents, openTrees), tests: { run, containment }, targets: { run: fakeTargets(world, graph), runIn: fakeTargetsIn(world, contents), containment } };
}

function fakeScratch(repository: Io['repository'], contents: Map<string, ScratchContent>, open: Set<string>): Io['scratch'] {
  const create = async (commit: string): Promise<ScratchTree> => {
    const path = `/fake-scratch/${contents.size + 1}`;
    const texts = new Map(await repository.readTexts(commit, [...(await repository.listTree(commit)).keys()]));
    contents.set(path, { commit: await repository.resolve(commit), texts });
    open.add(path);
    const write: ScratchTree['write'] = async (files, deleted = []) => {
      if (!open.has(path)) throw new Error(`fakeIo: ${path} is written after it was disposed of`);
      deleted.forEach((each) => texts.delete(each));
      files.forEach((text, each) => texts.set(each, text));
    };
    return { path, write, dispose: async () => void open.delete(path) };
  };
  return { create };
}

/** As the real one: a project is not asked for a target it does not have. */
function fakeTargets(world: FakeWorld, graph: WorkspaceGraph): Io['targets']['run'] {
  return async ({ projects, targets }) =>
    graph.projects.filter(({ name }) => projects.includes(name)).flatMap((project) =>
      targets.filter((target) => project.targets.includes(target)).map((target) => ({
        project: project.name, target, tail: '', status: world.runTarget?.(project.name, target) ?? unscripted(`target ${project.name}:${target}`),
      })),
    );
}

/** As the workspace's, unless the script tells base apart. */
function fakeTargetsIn(world: FakeWorld, contents: ReadonlyMap<string, ScratchContent>): Io['targets']['runIn'] {
  return async (tree, pairs) =>
    pairs.map(({ project, target }) => {
      const texts = contents.get(tree.path)?.texts;
      if (texts === undefined) throw new Error(`fakeIo: targets are run in ${tree.path}, which is no scratch tree`);
      return { project, target, tail: '', status: world.runTargetIn?.(project, target, texts) ?? world.runTarget?.(project, target) ?? unscripted(`target ${project}:${target}`) };
    });
}

function fakeRecords(world: FakeWorld): Pick<FakeIo, 'records' | 'packets' | 'prompts' | 'replies'> {
  const states = new Map((world.states ?? []).map((state) => [state.goalId, state]));
  const packets: { readonly packet: AgentContextPacket; readonly round: number; readonly prompt: string }[] = [];
  const prompts = new Map<string, string>();
  const replies = new Map<string, string>();
  return {
    packets, prompts, replies,
    records: {
      readState: async (goalId) => states.get(goalId),
      writeState: async (state) => void states.set(state.goalId, state),
      states: async () => [...states.values()].sort((a, b) => (a.goalId < b.goalId ? -1 : 1)),
      readPlan: async (goalId) => world.plans?.find((plan) => plan.goal.id === goalId),
      writePacket: async (packet, round, prompt) => void packets.push({ packet, round, prompt }),
      writePrompt: async (goalId, taskId, round, prompt) => void prompts.set(`${goalId}/${taskId}.${round}`, prompt),
      writeReply: async (goalId, taskId, round, text) => void replies.set(`${goalId}/${taskId}.${round}`, text),
      readReport: async (goalId, wave) => world.reports?.find((report) => report.goal?.id === goalId && report.wave === wave),
    },
  };
}

function fakeProgress(): Pick<FakeIo, 'progress' | 'steps' | 'notes'> {
  const steps: string[] = [];
  const notes: string[] = [];
  return { steps, notes, progress: { step: (text) => void steps.push(text), note: (text) => void notes.push(text) } };
}

/** Values go through JSON as on the disk, so that a test sees what would be lost there. */
function fakeIndex(): Io['index'] {
  const entries = new Map<string, string>();
  return {
    read: async <T>(kind: string, keys: readonly string[]) =>
      new Map(keys.flatMap((key) => {
        const text = entries.get(`${kind}/${key}`);
        return text === undefined ? [] : [[key, JSON.parse(text) as T] as const];
      })),
    write: async (kind, values) => values.forEach((value, key) => entries.set(`${kind}/${key}`, JSON.stringify(value))),
  };
}

function fakeSecrets(secrets: readonly string[]): Io['secrets'] {
  const count = (text: string) => secrets.reduce((sum, secret) => sum + text.split(secret).length - 1, 0);
  return {
    scan: async (texts) => new Map([...texts].map(([path, text]) => [path, count(text)] as const).filter(([, found]) => found > 0)),
    cut: async (path, text) => (path.includes('.env') || count(text) > 5 ? undefined : secrets.reduce((rest, secret) => rest.split(secret).join('[redacted]'), text)),
    redact: async (text) => ({ text: secrets.reduce((rest, secret) => rest.split(secret).join('[redacted]'), text), secrets: count(text) }),
  };
}

function touchedAndDependents(graph: WorkspaceGraph, paths: readonly string[]): readonly AffectedProject[] {
  const touched = graph.projects.filter(({ root }) => paths.some((path) => path.startsWith(`${root}/`))).map(({ name }) => name);
  const names = new Set(touched);
  // The set grows while it is walked: that is the closure.
  for (const name of names) graph.edges.filter((edge) => edge.to === name).forEach((edge) => names.add(edge.from));
  return [...names].sort().map((name) => ({ name, because: [touched.includes(name) ? { kind: 'touched', detail: name } : { kind: 'depends-on', detail: `${name} depends on ${touched.join(', ')}` }] }));
}

function unscripted(what: string): never {
  throw new Error(`fakeIo: no run is scripted for ${what}`);
}
