import type { RuleFixture } from './rule-fixture';

/** Joined at run time, so that no scanner takes this file for a leak. */
const invented = (prefix: string): string => `${prefix}${['q7Rt2', 'Lm9Xc', '4Vb8N', 'z1Kd6', 'Wp3Yh', '5Jf0S', 'g2Te8', 'Ua'].join('')}`;

const javascript = `
export async function charge(amount) {
  return post('https://pay.test', { amount }, { authorization: \`Bearer \${process.env.PAY_TOKEN}\` });
}

export const legacy = { apiKey: '${invented('k')}' };
`;

const typescript = `
export const settings: Settings = {
  endpoint: 'https://api.test/v1',
  slackToken: process.env.SLACK_TOKEN,
  example: 'xoxb-your-token-here',
};
`;

export const hardcodedSecretFixtures: readonly RuleFixture[] = [
  {
    rule: 'hardcoded-secret',
    path: 'packages/api/src/charge.js',
    base: javascript,
    debt: javascript.replace('export const legacy', '// to be rotated\nexport const legacy'),
    bad: javascript.replace('${process.env.PAY_TOKEN}', invented('sk_live_')),
    good: javascript.replace(`'${invented('k')}'`, 'process.env.LEGACY_KEY'),
    where: 'charge',
  },
  {
    rule: 'hardcoded-secret',
    path: 'packages/api/src/settings.ts',
    base: typescript,
    debt: typescript.replace('v1', 'v2'),
    bad: typescript.replace('process.env.SLACK_TOKEN', `'${invented('xoxb-1234-')}'`),
    good: typescript.replace('example: ', 'placeholder: '),
    where: 'module',
  },
];
