import { policySchema, type Finding } from '../model';
import { processorMs } from '../io/testing/processor-ms';
import { changedFile, sampleEvidence } from '../testing/sample-evidence';
import { authRules, behaviourRules, deceptionRules, isolationRules, secretRules, testRules } from './rules/built-in-rules';
import { anyCasts } from '../syntax/any-casts';
import { codeLeaves } from '../syntax/code-leaves';
import { configNumbers } from '../syntax/config-facts';
import { helperBodies } from '../syntax/helper-bodies';
import { importUses } from '../syntax/import-uses';
import { runnerMeddling } from '../syntax/runner-meddling';
import { testReach } from '../syntax/test-reach';
import { rulesCheck } from './rules-check';

const check = rulesCheck('rules', [...isolationRules, ...authRules, ...secretRules, ...behaviourRules, ...deceptionRules, ...testRules]);
const judge = (path: string, head: string): readonly Finding[] => check.judge(sampleEvidence({ policy: policySchema.parse({}), changes: [changedFile(path, '', head)] }));
const filled = (piece: string, length = 300_000): string => piece.repeat(Math.ceil(length / piece.length));

it.each([
  'alter table x ', 'create function x ', 'grant a ', 'grant a on x ', 'grant a ,, ', 'create role x ', 'if exists ', 'alter table if exists only ', 'a;\n', 'create table x (', 'create policy a on b to c ', '", ', 'do $a$ ',
])('a migration that is one long line of %j is read in one pass', (piece) => {
  expect(processorMs(() => judge('packages/backend/migrations/001.sql', `create policy a on b using (true);\nalter table ${filled(piece)}`))).toBeLessThan(5_000);
});

it('a condition wrapped in brackets without end lets through anything, and stops nobody', () => {
  const nested = (text: string, depth: number): string => `${'('.repeat(depth)}${text}${')'.repeat(depth)}`;
  expect(judge('packages/backend/migrations/001.sql', `create policy a on b using (${nested('true', 50_000)});\n`).map(({ rule }) => rule)).toContain('row-security-weakened');
  expect(judge('packages/backend/migrations/001.sql', `create policy a on b using (${filled('(a=1 or (b=2 and ', 40_000)}true${filled('))', 4_800)});\n`).map(({ rule }) => rule)).toContain('row-security-weakened');
});

const guard = (condition: string): string => `export function requireAuth(req, res, next) {\n  if (${condition}) throw new Error('403');\n  next();\n}\n`;

it.each([
  ['sums', guard(`${filled('a + ', 20_000)}b`)], ['alternatives', guard(`${filled('a || ', 20_000)}b`)], ['else ifs', `export function f(a) {\n${filled('if (a) { throw new Error("403"); } else ', 60_000)}{}\n}\n`],
  ['calls', `db.from('customers')${filled('.eq("a", b)', 20_000)};\n`], ['negations', guard(`${filled('!', 20_000)}a`)],
])('a chain of %s that no walker survives is told as unreadable', (_, text) => {
  expect(judge('packages/backend/src/auth.ts', text).map(({ rule }) => rule)).toEqual(['source-unreadable']);
});

it('alternatives of many demands each are not multiplied out', () => {
  const condition = Array.from({ length: 40 }, (_, index) => `(a${index} && b${index})`).join(' || ');
  expect(processorMs(() => judge('packages/backend/src/auth.ts', guard(condition)))).toBeLessThan(5_000);
});

it('many queries of a tenant that the request names are read once', () => {
  expect(processorMs(() => judge('packages/backend/src/list.ts', filled("db.from('customers').select('*').eq('tenant_id', req.body.tenantId);\n", 30_000)))).toBeLessThan(8_000);
});

it('what reads a file by itself does not fall over a chain either', () => {
  const text = `readFile(process.env.A_TOKEN, process.exit(1) as any); f(${filled('a + ', 60_000)}b);\n`;
  for (const read of [anyCasts, codeLeaves, configNumbers, helperBodies, importUses, runnerMeddling, testReach]) expect(() => read('packages/backend/src/a.spec.ts', text)).not.toThrow();
});
