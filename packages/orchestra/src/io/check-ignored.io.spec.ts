import { checkIgnored } from './check-ignored';
import { createGit } from './git-command';
import { type TempRepository, tempRepository } from './testing/temp-repository';

let temp: TempRepository;
beforeEach(() => {
  temp = tempRepository({ '.gitignore': 'dist/\n*.log\n', 'kept.log': 'tracked before it was ignored' });
});
afterEach(() => temp.dispose());

it('refuses paths that git ignores, there or not, and no others', async () => {
  const refused = await checkIgnored(createGit(temp.root), ['dist/a.js', 'src/a.ts', 'new.log', 'a b [c].ts']);
  expect(refused.map((rejection) => rejection.path)).toEqual(['dist/a.js', 'new.log']);
});

it('asks nothing when there is nothing to ask', async () => {
  expect(await checkIgnored(createGit(temp.root), [])).toEqual([]);
});
