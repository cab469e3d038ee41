import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandSettings, OrchestraError, sha256 } from '../../../model';
import { checkIgnored } from '../../check-ignored';
import { createGit } from '../../git-command';
import type { LanguageModel, ModelReply, ModelRequest, Progress, Repository, ScratchTrees, SecretScanner } from '../../ports';
import type { ProcessResult } from '../../run-process';
import { createKeptReplies, type KeptReply } from '../kept-replies';
import { valueRedactor } from '../redact-values';
import { type ClonedEntry, snapshotClone } from './clone-snapshot';
import { collectEdits, type CollectedEdits } from './collect-edits';
import { headerFrom, plainOutput } from './final-message';
import { type AgentClone, makeClone } from './make-clone';
import { renderBlocks } from './render-blocks';
import { canContain, runAgent } from './run-agent';

export interface CommandOptions {
  readonly settings: CommandSettings | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly repository: Repository;
  readonly scratch: ScratchTrees;
  readonly secrets: SecretScanner;
  readonly progress: Progress;
  /** Default: found out. */
  readonly contained?: boolean;
}

/**
 * Has a coding agent's command line do a task in a clone of its own and takes the difference as its reply. The agent can do there
 * what it likes: nothing of the clone but the texts of files is believed, and the workspace is compared before and after.
 */
export function createCommandModel(root: string, options: CommandOptions): LanguageModel {
  const kept = createKeptReplies(root, 'command');
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    const { settings } = options;
    if (settings === undefined) {
      throw new OrchestraError('input', `--provider=command needs "command": { "run": ["<program>", "<argument>", …] } in orchestra/orchestra.json (committed: the policy is read from HEAD). Examples: docs/providers.md. Nothing was written.`);
    }
    const asked = sha256(JSON.stringify(settings.run));
    const had = await kept.find(request, asked);
    if (had !== undefined) {
      options.progress.step(`${request.taskId}: the reply of round ${request.round} is taken from ${kept.path(request)}`);
      return { kind: 'reply', ...had };
    }
    const reply = await workInClone(root, settings, options, request);
    const writer = await kept.begin(request, asked);
    const { text, ...end } = reply;
    writer.append(text);
    writer.end(end);
    return { kind: 'reply', ...reply };
  };
  return { provider: 'command', worksInClone: true, ask };
}

async function workInClone(root: string, settings: CommandSettings, options: CommandOptions, request: ModelRequest): Promise<KeptReply> {
  const contained = options.contained ?? (await canContain());
  if (!contained) options.progress.note(`${request.taskId}: bubblewrap does not work here, so the agent is not contained: what it does outside its clone is prevented by nothing. Changes to this workspace, its git config and hooks are found out afterwards.`);
  const workspace = await options.repository.fingerprint();
  const clone = await makeClone(options, request);
  try {
    if (clone.withheld.length > 0) options.progress.step(`${request.taskId}: ${clone.withheld.length} file(s) with secrets are left out of the clone`);
    const before = snapshotClone(clone.folders.tree);
    const result = await runAgent({ settings, root, folders: clone.folders, prompt: request.prompt, environment: options.environment, contained });
    await refuseDisturbed(workspace, options.repository);
    const edits = await collected(root, clone, before, options, request);
    sayWhatElse(clone, options, request);
    return await (request.question === true ? answerOf : replyOf)(settings, options, request, result, edits);
  } finally {
    await clone.dispose();
  }
}

/** Not contained, an agent may have written here: then nothing that it brought may be used, and a person must know. */
async function refuseDisturbed(before: ReadonlyMap<string, string>, repository: Repository): Promise<void> {
  const after = await repository.fingerprint();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  if (changed.length === 0) return;
  throw new OrchestraError('world', ['The agent changed files outside its clone, or somebody else did while it ran. Nothing of its work was taken:', ...changed.slice(0, 20).map((path) => `  - ${path}`), 'Look at them (git status, git diff, .git/config, hooks) before anything else.'].join('\n'));
}

async function collected(root: string, clone: AgentClone, before: ReadonlyMap<string, ClonedEntry>, { repository }: CommandOptions, { tree }: ModelRequest): Promise<CollectedEdits> {
  const texts = async (paths: readonly string[]) => {
    const overlaid = paths.flatMap((path) => (tree?.changed.has(path) === true ? [[path, tree.changed.get(path) ?? ''] as const] : []));
    return new Map([...(await repository.readTexts(tree?.commit ?? 'HEAD', paths)), ...overlaid]);
  };
  const ignored = async (paths: readonly string[]) => new Set((await checkIgnored(createGit(root), paths)).map((rejection) => rejection.path ?? ''));
  return collectEdits(clone.folders.tree, before, snapshotClone(clone.folders.tree), texts, ignored);
}

/** What an agent did to the clone's git is thrown away with it. It is said, because it tells something about the agent. */
function sayWhatElse({ folders }: AgentClone, { progress }: CommandOptions, { taskId }: ModelRequest): void {
  const config = join(folders.tree, '.git/config');
  const odd = [
    ...(existsSync(config) ? [] : ["it removed the clone's .git"]),
    ...(existsSync(config) && /hooksPath|fsmonitor|sshCommand|\[alias|\[filter|\[remote/i.test(readFileSync(config, 'utf8')) ? ["it changed the clone's git config"] : []),
    ...(existsSync(join(folders.home, '.gitconfig')) || existsSync(join(folders.home, '.config/git/config')) ? ['it wrote a global git config (in its own home)'] : []),
    ...(existsSync(join(folders.tree, '.git/hooks')) ? ["it put hooks into the clone's .git"] : []),
  ];
  if (odd.length > 0) progress.note(`${taskId}: the agent did more than edit files: ${odd.join('; ')}. The clone is thrown away.`);
}

async function replyOf(settings: CommandSettings, { secrets, environment, progress }: CommandOptions, request: ModelRequest, result: ProcessResult, { edits, refused }: CollectedEdits): Promise<KeptReply> {
  const hideGranted = valueRedactor(settings.environment.map((name) => environment[name]));
  const model = modelName(settings);
  const blocks = renderBlocks(edits);
  const leaks = blocks !== undefined && (hideGranted(blocks) !== blocks || (await secrets.scan(new Map([['reply', blocks]]))).size > 0);
  const spoken = await secrets.redact(hideGranted(result.stdout.slice(-64 * 1024)));
  if (spoken.secrets > 0 || leaks) progress.note(`${request.taskId}: the agent printed or wrote secrets; they were taken out.`);
  const faults = [
    ...(result.timedOut ? [`the agent did not end within ${settings.timeoutSeconds} s and was stopped`] : []),
    ...(result.wroteTooMuch ? [`the agent wrote more than ${settings.outputMegabytes} MB of output and was stopped`] : []),
    ...(refused.length > 0 ? [`the clone holds changes that cannot be taken: ${refused.slice(0, 10).join('; ')}`] : []),
    ...(blocks === undefined ? ['a changed file holds lines of more than 39 marker characters'] : []),
    ...(leaks ? ['the changed files hold a secret or the value of a variable that the agent was given'] : []),
  ];
  if (faults.length > 0) return { text: `${headerFrom(spoken.text, false)}\n`, model, sawFiles: true, unusable: faults.join('; ') };
  if (edits.length === 0 && result.code !== 0) throw agentFailed(request, result, spoken.text, (await secrets.redact(hideGranted(result.stderr.slice(-2000)))).text);
  const text = [headerFrom(spoken.text, edits.length > 0), ...(edits.length > 0 ? [blocks ?? ''] : []), 'END OF REPLY'].join('\n\n');
  return { text: `${text}\n`, model, sawFiles: true };
}

/** A question about the plan is answered in words: the last it prints. What it changed on the way answers nothing. */
async function answerOf(settings: CommandSettings, { secrets, environment, progress }: CommandOptions, request: ModelRequest, result: ProcessResult, { edits }: CollectedEdits): Promise<KeptReply> {
  const hideGranted = valueRedactor(settings.environment.map((name) => environment[name]));
  const said = (await secrets.redact(hideGranted(plainOutput(result.stdout.slice(-64 * 1024))))).text;
  const model = modelName(settings);
  if (edits.length > 0) progress.note(`${request.taskId}: the agent was asked a question and changed ${edits.length} file(s) of its clone; they are thrown away with it.`);
  if (result.timedOut || result.wroteTooMuch) return { text: said, model, sawFiles: true, unusable: 'the agent was stopped before its answer was whole' };
  if (result.code !== 0) throw agentFailed(request, result, said, (await secrets.redact(hideGranted(result.stderr.slice(-2000)))).text);
  return { text: said, model, sawFiles: true };
}

function modelName({ run }: CommandSettings): string {
  return `command: ${(run[0] ?? '').split('/').at(-1) ?? ''}`;
}

function agentFailed(request: ModelRequest, result: ProcessResult, stdout: string, stderr: string): OrchestraError {
  const tail = (stderr.trim() === '' ? stdout : stderr).replace(/[^\P{Cc}\n]/gu, ' ').trim().split('\n').slice(-8);
  return new OrchestraError('world', [`${request.taskId}: the agent ended with ${result.code === null ? `signal ${result.signal ?? ''}` : `code ${result.code}`} and changed nothing. It said:`, ...tail.map((line) => `  ${line.slice(0, 300)}`), 'Nothing was written. Mend it (login, key, arguments in command.run) and type the same command again.'].join('\n'));
}
