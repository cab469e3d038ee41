import type { Tree } from '@nx/devkit';
import { applyEdits, modify, parse } from 'jsonc-parser';
import { OrchestraError, specialistPolicySchema, type SpecialistPolicy } from '../../model';
import { describeMistakes } from '../../orchestrator/plan/describe-mistakes';
import { parsePolicy } from '../../orchestrator/plan/parse-policy';
import { policyPath } from '../../orchestrator/policy-path';
import { checkPath } from '../../patch/check-path';
import { specialistsOf } from '../../specialists/registry';
import { describeError } from '../describe-error';
import { promptTemplate } from './prompt-template';
import type { SpecialistGeneratorSchema } from './schema';

/** Nx shows the message of an error with a stack and exits 1; a user's mistake is one message and 2. */
export async function specialistGenerator(tree: Tree, options: SpecialistGeneratorSchema): Promise<void> {
  try {
    addSpecialist(tree, options);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(2);
  }
}

export default specialistGenerator;

/**
 * Adds an entry to `orchestra.json` and the prompt file it names. The same call again changes nothing; another entry or another
 * file of that name is a clash, and is never written over.
 * @throws OrchestraError 'input' with everything that stands in the way
 */
export function addSpecialist(tree: Tree, options: SpecialistGeneratorSchema): void {
  const text = tree.read(policyPath, 'utf-8');
  if (text === null) throw new OrchestraError('input', `There is no ${policyPath}. Set the workspace up first: nx g @aisha/orchestra:init.`);
  const policy = parsePolicy(text, policyPath);
  const entry = entryOf(options);
  const present = policy.specialists.find((each) => each.name === entry.name);
  const builtIn = specialistsOf({ ...policy, specialists: [] }).some((each) => each.name === entry.name);
  const clashes = [
    ...(builtIn ? [`"${entry.name}" is built in. To change its domain, prompt or model, edit its entry under "specialists" by hand`] : []),
    ...(present !== undefined && !builtIn && !sameEntry(present, entry) ? [`${policyPath} has another specialist "${entry.name}": ${JSON.stringify(present)}`] : []),
    ...(present === undefined && tree.exists(entry.prompt) ? [`${entry.prompt} exists already`] : []),
    ...entry.domain.flatMap((glob) => wrongGlob(glob)),
    ...(entry.domain.some((glob) => !glob.startsWith('!')) ? [] : ['--domain needs at least one glob that does not begin with "!"']),
  ];
  if (clashes.length > 0) throw new OrchestraError('input', ['The specialist cannot be added:', ...clashes.map((clash) => `  - ${clash}`)].join('\n'));
  if (present === undefined) tree.write(policyPath, withEntry(text, entry));
  if (!tree.exists(entry.prompt)) tree.write(entry.prompt, promptTemplate(entry.title ?? entry.name, entry.domain));
}

type Entry = SpecialistPolicy & { readonly prompt: string };

function entryOf({ name, domain, title, model }: SpecialistGeneratorSchema): Entry {
  const entry = { name, ...(title === undefined ? {} : { title }), domain: [...domain], prompt: `orchestra/prompts/${name}.md`, ...(model === undefined ? {} : { model }) };
  const parsed = specialistPolicySchema.safeParse(entry, { reportInput: true });
  if (!parsed.success) {
    throw new OrchestraError('input', ['The specialist cannot be added:', ...describeMistakes(parsed.error.issues, Object.keys(specialistPolicySchema.unwrap().shape)).map((line) => `  - ${line}`)].join('\n'));
  }
  return entry;
}

/** Its own wishes only: what a person has added to the entry since (contextTokens, say) is no clash. */
function sameEntry(present: SpecialistPolicy, wanted: Entry): boolean {
  return Object.entries(wanted).every(([key, value]) => JSON.stringify(present[key as keyof SpecialistPolicy]) === JSON.stringify(value));
}

function wrongGlob(glob: string): readonly string[] {
  const why = checkPath(glob.replace(/^!/, '').replace(/[*?{}[\](),!|+@]/g, 'x'));
  return why === undefined ? [] : [`--domain "${glob}": ${why}`];
}

/** The person's own order stays, and what lies around the entry: nothing is printed anew. */
function withEntry(text: string, entry: Entry): string {
  const size = (parse(text) as { readonly specialists?: readonly unknown[] }).specialists?.length ?? 0;
  const path = size === 0 ? ['specialists'] : ['specialists', size];
  const edits = modify(text, path, size === 0 ? [entry] : entry, { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' }, isArrayInsertion: size > 0 });
  return applyEdits(text, edits);
}
