import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { Finding, Severity } from '../model';
import { sampleEvidence } from '../testing/sample-evidence';
import { buildReport } from './build-report';
import { renderSarif } from './render-sarif';

/** The schema of SARIF 2.1.0 as Microsoft, its editor, ships it to test producers with. */
const schema = readModule('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ allErrors: true, unknownFormats: 'ignore', schemaId: 'id', logger: false });
ajv.addMetaSchema(readModule('ajv/lib/refs/json-schema-draft-04.json'));
const validate = ajv.compile(schema);
const faults = (text: string): readonly string[] => (validate(JSON.parse(text)) === true ? [] : (validate.errors ?? []).map((error) => `${error.dataPath} ${error.message}`));

function readModule(id: string): object {
  return JSON.parse(readFileSync(require.resolve(id), 'utf8')) as object;
}

const finding = (severity: Severity, subject: Finding['subject'], because = 'Seen.'): Finding => ({
  check: 'lease', rule: `rule-${severity}`, severity, subject, because, title: 'A title', whatToDo: 'Mend it.', docs: 'docs/findings/a.md', data: { n: 1 },
});
const sarifOf = (findings: readonly Finding[]): string =>
  renderSarif(buildReport({
    evidence: sampleEvidence(), findings, verdict: { decision: findings.length === 0 ? 'accepted' : 'blocked', blocking: [...findings] }, notes: [], followUps: [], versions: { orchestra: '0.1.0' },
    measures: { files: [], testsAdded: [], testsUpdated: [], actual: { projects: [], files: 0, lines: 0 }, proof: { status: 'not-applicable', tests: [], headRuns: 0, because: '' }, canonicalDocs: [] },
  }));

describe('SARIF against its published schema', () => {
  it.each<[string, readonly Finding[]]>([
    ['no finding', []],
    ['every severity', (['block', 'person', 'warn', 'info'] as const).map((severity) => finding(severity, { path: 'packages/a/src/b.ts', range: [3, 4] }))],
    ['a place in a function, a project, and nowhere', [finding('block', { path: 'a.ts', where: 'GET /x' }), finding('warn', { project: 'api' }), finding('info', {})]],
    ['hostile paths and texts', [finding('block', { path: 'a b/%2f/"ü\n.ts', where: '\u001b[31m' }, '\u0000 <script> ]]> \ud800')]],
  ])('is valid for %s', (_name, findings) => {
    expect(faults(sarifOf(findings))).toEqual([]);
  });

  it('would say so if it were not', () => {
    expect(faults(sarifOf([finding('block', { path: 'a.ts', range: [0, 0] })])).join()).toContain('startLine');
    expect(faults('{ "version": "2.1.0" }').join()).toContain("should have required property 'runs'");
  });
});
