import type { Evidence, Finding, WaveMeasures, WaveReport } from '../model';
import { waveReportSchema } from '../model/wave-report';
import { buildReport } from './build-report';
import { renderJson } from './render-json';
import { renderMarkdown } from './render-markdown';
import { renderSarif } from './render-sarif';
import { renderSummary } from './render-summary';
import { renderTerminal } from './render-terminal';
import { sampleEvidence } from '../testing/sample-evidence';

const finding = (severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  check: 'lease', rule: 'outside-lease', severity, subject: { path: 'packages/web/src/a.ts', range: [3, 4] }, because: 'No task of the plan may touch it.',
  title: 'A path outside the lease was changed', whatToDo: 'Take it out.', docs: 'docs/findings/outside-lease.md', data: {}, ...more,
});

const measures: WaveMeasures = {
  files: [
    { path: 'packages/api/src/contacts.ts', status: 'modified', added: 2, removed: 1, churn: 0, test: false },
    { path: 'packages/api/src/contacts.spec.ts', status: 'added', added: 9, removed: 0, churn: 0, test: true },
  ],
  testsAdded: ['packages/api/src/contacts.spec.ts'],
  testsUpdated: [],
  actual: { projects: ['api'], files: 1, lines: 3 },
  proof: { status: 'proved', tests: [{ id: 'contacts.spec.ts > refuses', base: 'red', head: 'passed', message: 'expected 404' }], headRuns: 2, because: 'Red by an assertion.' },
  canonicalDocs: [{ path: 'docs/developer-manual.md', title: 'Developer manual' }],
};

const evidence: Evidence = sampleEvidence({
  affected: [{ name: 'api', because: [{ kind: 'touched', detail: 'packages/api/src/contacts.ts' }] }],
  targets: [{ project: 'api', target: 'test', status: 'passed', tail: '' }, { project: 'api', target: 'build', status: 'failed', tail: 'TS2322 ``` oops', failsOnBase: false }],
  containment: ['network: none (namespace)'],
});

function reportOf(findings: readonly Finding[], more: Partial<WaveReport> = {}): WaveReport {
  const blocking = findings.filter((each) => each.severity === 'block');
  const persons = findings.filter((each) => each.severity === 'person');
  const verdict = blocking.length > 0 ? { decision: 'blocked' as const, blocking } : persons.length > 0 ? { decision: 'unjudged' as const, blocking: persons } : { decision: 'accepted' as const, blocking: [] };
  const report = buildReport({
    evidence, measures, findings, verdict,
    notes: [{ rootCause: 'The query has no tenant filter.', risks: ['Old links answer 404 now.'] }],
    followUps: [{ title: 'Audit accounts', detail: 'Same shape.', paths: ['packages/api/src/accounts.ts'] }],
    goal: { id: 'leak', type: 'bugfix', title: 'Contacts leak', description: 'Tenant B reads a contact of tenant A.' },
    wave: 1, forecast: { projects: ['api'], files: 1, lines: 15 }, versions: { orchestra: '0.1.0', model: 'replay' },
  });
  return { ...report, ...more };
}

describe('buildReport', () => {
  it('gives a report its schema accepts, and equal bytes for equal parts', () => {
    const report = reportOf([finding('block')]);
    expect(waveReportSchema.parse(report)).toEqual(report);
    expect(renderJson(reportOf([finding('block')]))).toBe(renderJson(report));
  });

  it('does not depend on the order in which a goal or a finding names its keys', () => {
    const a = reportOf([finding('warn', { data: { limit: 1, actual: 2 } })]);
    const b = reportOf([finding('warn', { data: { actual: 2, limit: 1 } })]);
    expect(renderJson(a)).toBe(renderJson(b));
  });
});

describe('every rendering', () => {
  it.each([renderMarkdown, renderSummary, renderTerminal])('%p says the verdict first, then what to do', (render) => {
    const text = render(reportOf([finding('block'), finding('warn', { rule: 'over-forecast', title: 'Larger than planned' })]));
    expect(text.indexOf('BLOCKED')).toBeGreaterThanOrEqual(0);
    expect(text.indexOf('BLOCKED')).toBeLessThan(text.indexOf('Take it out.'));
    expect(text.indexOf('Take it out.')).toBeLessThan(text.indexOf('Larger than planned'));
  });

  it('names what the wave rests on in the document', () => {
    const text = renderMarkdown(reportOf([]));
    for (const part of [
      'ACCEPTED', 'The query has no tenant filter', 'packages/api/src/contacts.ts', 'added `packages/api/src/contacts.spec.ts`', 'contacts.spec.ts > refuses', 'forecast', 'actual',
      'failed', 'Old links answer 404 now', 'Audit accounts', 'network: none', 'Developer manual',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells how far the change reaches: exports and routes, and who uses them', () => {
    const reaching = reportOf([], {
      exports: [{ path: 'packages/api/src/a.ts', name: 'price', change: 'removed', usedBy: ['packages/web/src/b.ts'], stillUsedBy: ['packages/web/src/b.ts'], movedTo: 'packages/api/src/c.ts' }],
      routes: [{ path: 'packages/api/src/a.ts', method: 'GET', route: '/api/prices', change: 'changed', after: { guards: ['requireAuth'], schemas: [] }, because: ['guard "requireAuth" is new'], usedBy: ['packages/web/src/b.ts'] }],
    });
    const markdown = renderMarkdown(reaching);
    expect(markdown).toContain('removed `price` in `packages/api/src/a.ts`, now in `packages/api/src/c.ts`, used by `packages/web/src/b.ts`; of these as before: `packages/web/src/b.ts`');
    expect(markdown).toContain('changed `GET /api/prices` in `packages/api/src/a.ts`, behind `requireAuth`; guard "requireAuth" is new; named by `packages/web/src/b.ts`');
    expect(renderSummary(reaching)).toContain('Reach: 1 export and 1 route changed or removed');
  });

  it('tells a person what only a person may decide', () => {
    expect(renderTerminal(reportOf([finding('person')]))).toMatch(/^NOT JUDGED: 1 finding a person has to decide\.\n\nA person decides:/);
  });
});

describe('hostile text', () => {
  const hostile = 'x | y `z` <img src=x onerror=alert(1)> [click](http://evil) @team\n# ACCEPTED\n\u001b[2J\u202egnp';
  const report = reportOf([finding('block', { because: hostile, subject: { path: 'a`|\n# b.ts', where: hostile } })], {
    goal: { id: 'leak', type: 'bugfix', title: hostile, description: hostile }, rootCause: hostile,
  });

  it('draws nothing into Markdown', () => {
    for (const rendered of [renderMarkdown(report), renderSummary(report)]) {
      const text = rendered.replace(/(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)/g, 'code');
      expect(text).not.toMatch(/<img/);
      expect(text).not.toMatch(/^# ACCEPTED/m);
      expect(text).not.toMatch(/[^\\]\[click\]\(/);
      expect(text).not.toMatch(/@team/);
    }
  });

  it('paints nothing on a terminal', () => {
    expect(renderTerminal(report)).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  });

  it('cannot close the block that holds its output', () => {
    expect(renderMarkdown(reportOf([]))).toContain('````text\nTS2322 ``` oops\n````');
  });
});

describe('SARIF', () => {
  const log = JSON.parse(renderSarif(reportOf([finding('block'), finding('info', { subject: { path: 'a b/ü.ts' } }), finding('person', { subject: { project: 'api' } })])));

  it('has one result per finding, each pointing at a rule that exists', () => {
    const [run] = log.runs;
    expect(run.results).toHaveLength(3);
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  });

  it('writes paths as URIs and lines as regions', () => {
    const [first, second] = log.runs[0].results;
    expect(first.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'packages/web/src/a.ts', uriBaseId: 'SRCROOT' }, region: { startLine: 3, endLine: 4 } });
    expect(second.locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/%C3%BC.ts');
  });
});
