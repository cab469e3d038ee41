import { sampleEvidence } from '../testing/sample-evidence';
import { decide } from './decide';
import { defineCheck } from './define-check';

describe('a check whose evidence was not collected', () => {
  it('never passes: each missing piece is a finding for a person, and the question is not asked', () => {
    const judge = jest.fn(() => []);
    const check = defineCheck({ name: 'x', rules: ['target-failed'], needs: ['targets', 'affected'], judge });
    const findings = check.judge(sampleEvidence());
    expect(findings.map((finding) => [finding.rule, finding.severity, finding.data['missing']])).toEqual([
      ['evidence-missing', 'person', 'targets'],
      ['evidence-missing', 'person', 'affected'],
    ]);
    expect(decide(findings).decision).toBe('unjudged');
    expect(judge).not.toHaveBeenCalled();
  });

  it('needs none when the question does not apply', () => {
    const check = defineCheck({ name: 'x', rules: ['target-failed'], needs: ['targets'], appliesTo: () => false, judge: () => [] });
    expect(check.judge(sampleEvidence())).toEqual([]);
  });
});
