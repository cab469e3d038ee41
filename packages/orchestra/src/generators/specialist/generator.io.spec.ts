import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import type { Tree } from '@nx/devkit';
import { policySchema } from '../../model';
import { parsePolicy } from '../../orchestrator/plan/parse-policy';
import { matchesGlobs } from '../../patch/matches-globs';
import { protectedGlobs } from '../../patch/protected-globs';
import { specialistsOf } from '../../specialists/registry';
import { addSpecialist } from './generator';

const path = 'orchestra/orchestra.json';
const policyText = '{\n  "gate": "shop",\n  "checks": { "proof": "evaluated" }\n}\n';
let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  tree.write(path, policyText);
});
const read = (file: string): string => tree.read(file, 'utf-8') ?? '';

it('adds an entry and a prompt that the wave then uses, and leaves the rest of the file as it was', () => {
  addSpecialist(tree, { name: 'docs', domain: ['docs/**', '!docs/api/**'], title: 'Documentation', model: 'small' });
  expect(Object.entries(JSON.parse(read(path)) as object).slice(0, 2)).toEqual(Object.entries(JSON.parse(policyText) as object));
  const policy = parsePolicy(read(path), path);
  const docs = specialistsOf(policy, new Map([['orchestra/prompts/docs.md', read('orchestra/prompts/docs.md')]])).find((each) => each.name === 'docs');
  expect(docs).toMatchObject({ title: 'Documentation', domain: ['docs/**', '!docs/api/**'], model: 'small', instructions: { bugfix: expect.stringContaining('`docs/**`') } });
});

it('changes nothing the second time, not even a prompt that was filled in or an entry that was added to', () => {
  addSpecialist(tree, { name: 'docs', domain: ['docs/**'] });
  addSpecialist(tree, { name: 'other', domain: ['other/**'] });
  tree.write('orchestra/prompts/docs.md', 'Mine.\n');
  tree.write(path, read(path).replace('"name": "docs",', '"name": "docs", "contextTokens": 9000,'));
  const before = read(path);
  addSpecialist(tree, { name: 'docs', domain: ['docs/**'] });
  expect([read(path), read('orchestra/prompts/docs.md')]).toEqual([before, 'Mine.\n']);
  expect(parsePolicy(before, path).specialists.map(({ name }) => name)).toEqual(['docs', 'other']);
});

it.each<[string, Parameters<typeof addSpecialist>[1], RegExp]>([
  ['a built-in name', { name: 'backend', domain: ['x/**'] }, /"backend" is built in/],
  ['another specialist of that name', { name: 'docs', domain: ['elsewhere/**'] }, /has another specialist "docs"/],
  ['a prompt file of that name', { name: 'taken', domain: ['x/**'] }, /orchestra\/prompts\/taken\.md exists already/],
  ['a name that is none', { name: '../x', domain: ['x/**'] }, /name/],
  ['a domain that climbs out', { name: 'out', domain: ['../**'] }, /--domain "\.\.\/\*\*"/],
  ['an absolute domain', { name: 'out', domain: ['/etc/**'] }, /--domain "\/etc\/\*\*"/],
  ['only takings', { name: 'none', domain: ['!x/**'] }, /at least one glob/],
])('refuses %s and writes nothing', (_what, options, message) => {
  addSpecialist(tree, { name: 'docs', domain: ['docs/**'] });
  tree.write('orchestra/prompts/taken.md', 'Mine.\n');
  const before = tree.listChanges().map((change) => [change.path, change.content?.toString()]);
  expect(() => addSpecialist(tree, options)).toThrow(message);
  expect(tree.listChanges().map((change) => [change.path, change.content?.toString()])).toEqual(before);
});

it('asks for init where there is no policy, and names what is wrong in a broken one', () => {
  tree.delete(path);
  expect(() => addSpecialist(tree, { name: 'docs', domain: ['docs/**'] })).toThrow(/nx g @aisha\/orchestra:init/);
  tree.write(path, '{"gat": 1}');
  expect(() => addSpecialist(tree, { name: 'docs', domain: ['docs/**'] })).toThrow(/gat/);
});

it('protects the prompt of the new specialist without being told to', () => {
  addSpecialist(tree, { name: 'docs', domain: ['orchestra/prompts/**'] });
  expect(matchesGlobs('orchestra/prompts/docs.md', protectedGlobs(policySchema.parse(JSON.parse(read(path)))))).toBe(true);
});
