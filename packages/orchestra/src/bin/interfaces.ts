import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { graphOfManifests } from '../graph/graph-of-manifests';
import { writeFileAtomically } from '../io/atomic-write';
import { hubVersion } from '../io/code-fingerprint';
import { createRepository } from '../io/git-repository';
import { createIndexCache } from '../io/index-cache';
import type { IndexCache, Repository } from '../io/ports';
import { createProgress } from '../io/progress';
import { OrchestraError, sha256, type FileTexts } from '../model';
import { contextFiles, outlinedPaths } from '../orchestrator/context-files';
import { loadOutlines } from '../orchestrator/load-outlines';
import { parsePolicy } from '../orchestrator/plan/parse-policy';
import { policyPath } from '../orchestrator/policy-path';

export const interfacesUsage = `orchestra interfaces --repo <clone or bare git dir> --out <folder> [--commit <revision>] [--full] [--cache <folder>]

Writes the interfaces of every project at a commit (default HEAD), one page each and an index: exports with signatures, routes with guards, tables,
environment, Redis keys. The pages of orchestra/context/, for any repository; a project is the nearest package.json or project.json. --full: without
the cap per page. Outlines are kept under <folder>/.orchestra (default: here). Exit 0, or 2 on bad input.`;

interface InterfacesOptions {
  readonly repo: string;
  readonly out: string;
  readonly commit: string;
  readonly full: boolean;
  readonly cache: string;
}

/** @returns the exit code. @throws OrchestraError 'input' with every mistake in the arguments, 'world' from git. */
export async function interfacesCommand(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  mkdirSync(options.cache, { recursive: true });
  const pages = await pagesAt(createRepository(options.repo), createIndexCache(options.cache), options);
  for (const [path, text] of pages) await writeFileAtomically(join(options.out, basename(path)), text, { durable: false });
  process.stdout.write(`${pages.size} pages in ${options.out}\n`);
  return 0;
}

/** Pages of the same files by the same code are kept whole: then no outline has to be read, and nothing rendered or scanned. */
async function pagesAt(repository: Repository, index: IndexCache, { commit, full }: InterfacesOptions): Promise<FileTexts> {
  const head = await repository.resolve(commit);
  const tree = await repository.listTree(head);
  const blobOf = (path: string): string => tree.get(path)?.blob ?? '';
  const policyText = tree.has(policyPath) ? (await repository.readBlobTexts(new Map([[policyPath, blobOf(policyPath)]]))).get(policyPath) : undefined;
  const graph = graphOfManifests(tree.keys());
  const regular = [...tree].filter(([, { mode }]) => mode.startsWith('100')).map(([path]) => path);
  const blobs = new Map(outlinedPaths(graph, regular, parsePolicy(policyText, `${policyPath} at ${head.slice(0, 12)}`)).map((path) => [path, blobOf(path)]));
  const key = sha256(JSON.stringify([[...blobs], graph.projects.map(({ root }) => root), full, hubVersion()]));
  const known = (await index.read<readonly (readonly [string, string])[]>(pagesKind, [key])).get(key);
  if (known !== undefined) return new Map(known);
  const outlines = await loadOutlines({ repository, index, progress: createProgress() }, blobs);
  const pages = await withoutSecrets(index, contextFiles(graph, outlines, full ? Number.POSITIVE_INFINITY : undefined));
  await index.write(pagesKind, new Map([[key, [...pages]]]));
  return pages;
}

const pagesKind = 'pages-v1';
const redactedKind = 'redacted-v1';

/** An outline shows the values of constants, so pages are scanned; what was scanned once is kept, because loading the scanner costs more than rendering. */
async function withoutSecrets(index: IndexCache, pages: FileTexts): Promise<FileTexts> {
  const keys = new Map([...pages].map(([path, text]) => [path, sha256(text)]));
  const known = await index.read<string>(redactedKind, [...keys.values()]);
  const unknown = [...pages].filter(([path]) => !known.has(keys.get(path) ?? ''));
  const fresh = new Map<string, string>();
  if (unknown.length > 0) {
    const { createSecretScanner } = await import('../io/secret-scanner.js');
    const scanner = createSecretScanner();
    for (const [path, text] of unknown) fresh.set(keys.get(path) ?? '', (await scanner.redact(text)).text);
    await index.write(redactedKind, fresh);
  }
  return new Map([...pages.keys()].map((path) => {
    const key = keys.get(path) ?? '';
    const clean = known.get(key) ?? fresh.get(key);
    if (clean === undefined) throw new Error(`${path} was not scanned for secrets`);
    return [path, clean];
  }));
}

function readOptions(argv: readonly string[]): InterfacesOptions {
  const { repo, out, commit = 'HEAD', full = false, cache = '.' } = parse(argv);
  const mistakes = [
    ...(repo === undefined ? ['--repo is required'] : existsSync(repo) ? [] : [`--repo: there is no folder ${repo}`]), ...(out === undefined ? ['--out is required'] : []),
  ];
  if (repo === undefined || out === undefined || mistakes.length > 0) throw new OrchestraError('input', [...mistakes, '', interfacesUsage].join('\n'));
  return { repo, out, commit, full, cache };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { repo: text, out: text, commit: text, full: { type: 'boolean' }, cache: text } }).values;
  } catch (cause) {
    throw new OrchestraError('input', `${cause instanceof Error ? cause.message : String(cause)}\n\n${interfacesUsage}`, { cause });
  }
}
