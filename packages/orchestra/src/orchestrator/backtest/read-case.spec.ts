import { fakeIo } from '../../testing/fake-io';
import { graphOf } from '../../testing/graph-of';
import { parsePolicy } from '../plan/parse-policy';
import { specialistsOf } from '../../specialists/registry';
import { planFrom, surveyWorkspace } from '../make-plan';
import { rankFiles } from '../../context-hub/rank-files';
import { readCase } from './read-case';

const policyText = JSON.stringify({ specialists: [{ name: 'backend', domain: ['packages/api/**'] }, { name: 'frontend', domain: ['packages/pages/**'] }], ranking: { weights: { recency: 0 } } });
const files = {
  'orchestra/orchestra.json': policyText,
  'orchestra/BUGS.md': '### BUG-FEE-001 The delivery fee is doubled at checkout\n',
  'packages/api/src/checkout.ts': 'export function checkout(fee: number) { return fee * 2; }\n',
  'packages/web/src/checkout-page.ts': '// checkout fee delivery\nexport const page = 1;\n',
};
const one = { id: 'c1', parent: 'base', sha: 'base', problemStatement: 'BUG-FEE-001 is still open' };

it('a past fix is ranked as a plan for its goal would rank there: register, domains and weights of the policy', async () => {
  const io = fakeIo({ commits: { base: files }, graph: graphOf({ api: [] }) });
  const { goal, ranking } = await readCase({ ...io, clock: () => 0 }, one, true);
  expect(ranking.goal.description).toContain('The delivery fee is doubled at checkout');
  expect([ranking.inReach?.('packages/api/src/checkout.ts'), ranking.inReach?.('packages/web/src/checkout-page.ts')]).toEqual([true, false]);
  expect(ranking.weights?.recency).toBe(0);
  const policy = parsePolicy(policyText, 'policy');
  const survey = await surveyWorkspace(io, { goal, base: 'base', policy, specialists: specialistsOf(policy) });
  expect(rankFiles(ranking)).toEqual(survey.ranked);
  expect(survey.ranked.length).toBeGreaterThan(0);
});

it('a goal that says next to nothing of any file is planned as a question, and one that says enough is not', async () => {
  const graph = graphOf({ api: [], pages: [] });
  const policy = parsePolicy(policyText, 'policy');
  const specialists = specialistsOf(policy);
  const more = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`packages/pages/src/part-${at}.ts`, `export const amount${at} = ${at};\n`]));
  const planOf = async (description: string): Promise<readonly string[]> => {
    const request = { goal: { id: 'g', type: 'bugfix', title: 'It is broken', description } as const, base: 'base', policy, specialists };
    const plan = planFrom(await surveyWorkspace(fakeIo({ commits: { base: { ...files, ...more } }, graph }), request), request);
    return plan.unmapped.length > 0 ? plan.unmapped.map(({ settledBy }) => settledBy.slice(0, 7)) : plan.forecast.projects;
  };
  expect(await planOf('Since this morning, please have a look, our boss pays a visit on Monday.')).toEqual(['say whe']);
  expect(await planOf('At checkout the delivery fee is twice what it should be: checkout fee 2, checkout fee 4, return fee function')).toEqual(['api']);
});

it('without its history nothing of it is read', async () => {
  const { ranking, history } = await readCase({ ...fakeIo({ commits: { base: files } }), clock: () => 0 }, one, false);
  expect([ranking.history, history]).toEqual([[], []]);
});

it('where no policy says who changes what, everything is in reach', async () => {
  const { 'orchestra/orchestra.json': _policy, ...rest } = files;
  const { ranking } = await readCase({ ...fakeIo({ commits: { base: rest } }), clock: () => 0 }, one, true);
  expect(ranking.inReach?.('packages/web/src/checkout-page.ts')).toBe(true);
});
