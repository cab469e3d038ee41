import type { Severity } from '../model';
import { decide } from './decide';
import { findingMaker } from './define-check';

const find = findingMaker('x', 'bugfix');
const finding = (severity: Severity) => find('outside-lease', { because: severity, severity });

describe('decide', () => {
  it.each<[readonly Severity[], string, number]>([
    [[], 'accepted', 0],
    [['info', 'warn'], 'accepted', 0],
    [['warn', 'person'], 'unjudged', 1],
    [['person', 'block', 'warn', 'block'], 'blocked', 2],
  ])('%j is %s', (severities, decision, blocking) => {
    const verdict = decide(severities.map(finding));
    expect(verdict.decision).toBe(decision);
    expect(verdict.blocking).toHaveLength(blocking);
  });
});
