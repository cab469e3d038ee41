import { changedFile, sampleEvidence } from '../testing/sample-evidence';
import { defineRule } from './define-rule';
import { rulesCheck } from './rules-check';

/** What a workspace writes: no `TODO` without a ticket. */
const noBareTodo = defineRule<{ readonly ticket: RegExp }>({
  name: 'house-todo',
  family: 'house-todo',
  about: { title: 'A task without a ticket', severity: { bugfix: 'block', feature: 'warn', change: 'warn' }, whatToDo: 'Name the ticket.' },
  settings: (raw) => ({ ticket: new RegExp(typeof raw === 'string' ? raw : '[A-Z]+-\\d+') }),
  sites: (view, { ticket }) =>
    view.text.split('\n').flatMap((line, index) => {
      if (!line.includes('TODO') || ticket.test(line)) return [];
      const at = [index + 1, index + 1] as const;
      return [{ where: 'module', subject: line.trim(), shape: line.trim(), outline: 'todo', range: at, functionRange: at, because: 'No ticket.' }];
    }),
});

const path = 'packages/api/src/a.ts';
const todo = '// TODO later';
const check = rulesCheck('house', [noBareTodo]);

describe('a rule of one’s own', () => {
  it('is judged by delta like the built-in ones, with its own words', () => {
    const findings = check.judge(sampleEvidence({ changes: [changedFile(path, `a();\n${todo}\n`, `${todo}\na();\n${todo}\n`)] }));
    expect(findings.filter((finding) => finding.severity !== 'info')).toEqual([
      expect.objectContaining({ check: 'house', rule: 'house-todo', severity: 'block', title: 'A task without a ticket', whatToDo: 'Name the ticket.', subject: { path, where: 'module', range: [3, 3] } }),
    ]);
  });

  it('reads its settings from the policy', () => {
    const evidence = sampleEvidence({ changes: [changedFile(path, 'a();', `a();\n// TODO #12`)] });
    expect(check.judge(evidence)).toHaveLength(1);
    expect(check.judge({ ...evidence, policy: { ...evidence.policy, rules: { 'house-todo': '#\\d+' } } })).toEqual([]);
  });

  it('is a mistake of its author without an entry of its own', () => {
    const nameless = rulesCheck('house', [defineRule({ name: 'nameless', family: 'x', settings: () => undefined, losses: () => [{ path, where: 'x', because: 'x' }] })]);
    expect(() => nameless.judge(sampleEvidence({ changes: [changedFile(path, 'a', 'b')] }))).toThrow('"nameless"');
  });
});
