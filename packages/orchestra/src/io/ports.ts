import type {
  AffectedProject, AgentContextPacket, ChangedFile, Edit, FileTexts, OrchestrationGoal, PacketLock, Policy, Rejection, TargetRun, Task,
  TestRun, WavePlan, WaveReport, WaveState, WorkspaceGraph,
} from '../model';

/**
 * The world, as the orchestrator sees it: one interface per neighbour, plain data across. Only types live here;
 * `real-io.ts` builds them, tests pass their own. A neighbour that fails throws `OrchestraError('world', …, {cause})`.
 */
export interface Io {
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly index: IndexCache;
  readonly scratch: ScratchTrees;
  readonly tests: TestRunner;
  readonly targets: TargetRunner;
  readonly model: LanguageModel;
  readonly records: WaveRecords;
  readonly secrets: SecretScanner;
  readonly progress: Progress;
  /** The last look before a write: refuses what leaves the workspace through a symlink or collides by letter case. */
  checkRealPaths(paths: readonly string[]): Promise<readonly Rejection[]>;
}

export interface TreeEntry {
  /** Git blob id. */
  readonly blob: string;
  /** Git mode: 100644, 100755, 120000 (symlink), 160000 (submodule). */
  readonly mode: string;
}

export interface CommitRecord {
  readonly sha: string;
  /** Committer date, seconds since the epoch. */
  readonly time: number;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly string[];
}

/** Git, read-only. Paths are workspace-relative POSIX; texts are those of the blob (LF as stored). */
export interface Repository {
  readonly root: string;
  head(): Promise<string>;
  resolve(revision: string): Promise<string>;
  mergeBase(a: string, b: string): Promise<string>;
  isShallow(): Promise<boolean>;
  listTree(commit: string): Promise<ReadonlyMap<string, TreeEntry>>;
  /** Missing paths are absent from the answer; binary and larger than 4 MiB are left out. */
  readTexts(commit: string, paths: readonly string[]): Promise<FileTexts>;
  /** The same by blob id: path → blob in, path → text out. One `cat-file --batch`, no tree walk. */
  readBlobTexts(blobs: ReadonlyMap<string, string>): Promise<FileTexts>;
  /** Which text files of a commit hold a text, neither followed nor preceded by a word character: text → sorted paths. */
  mentions(commit: string, texts: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** `head` undefined: the working tree, untracked files included. Renames detected. */
  changes(base: string, head?: string): Promise<readonly ChangedFile[]>;
  /** Ancestors of `commit`, newest first. Empty in a repository without history. */
  history(commit: string, limit: number): Promise<readonly CommitRecord[]>;
  /** Files of the working tree: tracked, and untracked that git does not ignore. Sorted. */
  workingPaths(): Promise<readonly string[]>;
  /** Paths with uncommitted changes, untracked included. */
  dirtyPaths(): Promise<readonly string[]>;
  /** path → sha256 over the working files, `.git/config` and hooks: what proposed code must not change. */
  fingerprint(): Promise<ReadonlyMap<string, string>>;
}

/** Nx. */
export interface Workspace {
  graph(): Promise<WorkspaceGraph>;
  affected(changedPaths: readonly string[]): Promise<readonly AffectedProject[]>;
}

/** Content-addressed cache of whatever pure value belongs to one blob (`.orchestra/cache`). */
export interface IndexCache {
  /** `kind` names the computation and its version, e.g. `index-v1`. Absent keys are absent from the answer. */
  read<T>(kind: string, blobs: readonly string[]): Promise<ReadonlyMap<string, T>>;
  write<T>(kind: string, values: ReadonlyMap<string, T>): Promise<void>;
}

/** A copy of a commit outside the repository in which workspace packages resolve to the copy. */
export interface ScratchTree {
  readonly path: string;
  write(files: FileTexts, deleted?: readonly string[]): Promise<void>;
  dispose(): Promise<void>;
}
export interface ScratchTrees {
  create(commit: string): Promise<ScratchTree>;
}

export interface TestRequest {
  readonly tree: ScratchTree;
  readonly projectRoot: string;
  /** Workspace-relative test files. */
  readonly files: readonly string[];
  readonly timeoutMs: number;
}
export interface TestRunner {
  run(request: TestRequest): Promise<TestRun>;
  /** What keeps the runs apart from the network and from keys, in words for the report. */
  containment(): Promise<readonly string[]>;
}

export interface TargetPair {
  readonly project: string;
  readonly target: string;
}
/** `output`: the whole normalised output of a failed run, to be compared with another's; absent when there is too much of it. */
export interface TargetOutcome extends TargetRun {
  readonly output?: string;
}
export interface TargetRunner {
  /** Runs targets of projects in the workspace through a child Nx; every pair comes back, `not-run` included. */
  run(request: { readonly projects: readonly string[]; readonly targets: readonly string[] }): Promise<readonly TargetOutcome[]>;
  /** Runs pairs in a copy of a commit, with what they depend on. */
  runIn(tree: ScratchTree, pairs: readonly TargetPair[]): Promise<readonly TargetOutcome[]>;
  /** What keeps these runs apart, and what does not (the remote cache, its token), in words for the report. Ask it after `run`. */
  containment(): Promise<readonly string[]>;
}

export interface ModelRequest {
  readonly goalId: string;
  readonly taskId: string;
  /** 1 for the first prompt of a task, counted over context, repair and evidence rounds alike. */
  readonly round: number;
  readonly prompt: string;
  readonly model?: string;
  /** Asks about a plan: the reply is what is said, and an edit made on the way is none of it. */
  readonly question?: boolean;
  /** path → blob id of the files shown, for the recording's sidecar. */
  readonly files: Readonly<Record<string, string>>;
  /** The tree that the task works on: this commit with the wave's edits so far. For a provider that works in a clone. */
  readonly tree?: { readonly commit: string; readonly changed: FileTexts; readonly deleted: readonly string[] };
}
export type ModelReply =
  | {
      readonly kind: 'reply';
      readonly text: string;
      readonly tokens?: { readonly input: number; readonly output: number };
      readonly model: string;
      readonly warning?: string;
      /** Why the text must not be used although it came: cut off at its length limit, a call of a tool. It goes back like a malformed one. */
      readonly unusable?: string;
      /** Its author read the files themselves and not only the prompt: what was not shown in the packet is no guess. */
      readonly sawFiles?: boolean;
      /** It was given to another prompt than this one (a recording): what it numbers may be numbered otherwise here. */
      readonly otherPrompt?: boolean;
    }
  /** `handoff`: the prompt lies in a file and the reply is expected in another. */
  | { readonly kind: 'pending'; readonly promptPath: string; readonly replyPath: string };

/** One method, plain request and reply. No SDK type crosses. */
export interface LanguageModel {
  readonly provider: string;
  /** It edits files in a clone instead of writing blocks, and its prompt says so. */
  readonly worksInClone?: boolean;
  ask(request: ModelRequest): Promise<ModelReply>;
}

/** `orchestra/waves/<goal>/` (committed) and `.orchestra/waves/<goal>/` (local). */
export interface WaveRecords {
  readState(goalId: string): Promise<WaveState | undefined>;
  writeState(state: WaveState): Promise<void>;
  states(): Promise<readonly WaveState[]>;
  readPlan(goalId: string): Promise<WavePlan | undefined>;
  /** Packets with texts, prompts and raw replies: local only. */
  writePacket(packet: AgentContextPacket, round: number, prompt: string): Promise<void>;
  /** The prompt of a question about the plan, which has no packet. */
  writePrompt(goalId: string, taskId: string, round: number, prompt: string): Promise<void>;
  writeReply(goalId: string, taskId: string, round: number, text: string): Promise<void>;
  readReport(goalId: string, wave: number): Promise<WaveReport | undefined>;
}

export interface SecretScanner {
  /** Number of secrets per path; paths without any are absent. */
  scan(texts: FileTexts): Promise<ReadonlyMap<string, number>>;
  /**
   * A source with its secrets replaced by `[redacted]`, line for line, so that the rest of it can be worked on. `undefined` where that
   * cannot be done: a file that holds keys by custom, a secret over several lines, too many of them, or one that shows again.
   */
  cut(path: string, text: string): Promise<string | undefined>;
  /** The text with every secret replaced by `[redacted]`, and how many there were: for goals, logs and runner output. */
  redact(text: string): Promise<{ readonly text: string; readonly secrets: number }>;
}

export interface Progress {
  /** One step begun, e.g. `w1-test: asking (replay)`. */
  step(text: string): void;
  /** A line a person should read whatever the verbosity. */
  note(text: string): void;
}

export type { Edit, OrchestrationGoal, PacketLock, Policy, Task };
