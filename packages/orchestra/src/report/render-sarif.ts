import { sha256, type Finding, type Severity, type WaveReport } from '../model';
import { placeOf } from './describe-report';
import { plainLine } from './escape-text';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { block: 'error', person: 'warning', warn: 'warning', info: 'note' };

/**
 * SARIF 2.1.0, for code scanning. One run, one result per finding. Fingerprints leave the line number out, so that a
 * finding keeps its identity when code above it moves.
 */
export function renderSarif(report: WaveReport): string {
  const rules = [...new Set(report.findings.map((finding) => finding.rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'orchestra', semanticVersion: report.versions.orchestra, rules: rules.map((rule) => describeRule(rule, report.findings)) } },
        automationDetails: { id: `orchestra/${report.kind}/` },
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
        results: report.findings.map((finding) => describeResult(finding, rules)),
        properties: { decision: report.verdict.decision, base: report.base, head: report.head },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describeRule(rule: string, findings: readonly Finding[]): object {
  const example = findings.find((finding) => finding.rule === rule);
  const help = [example?.whatToDo, example?.docs === undefined ? undefined : `See ${example.docs}.`].filter((part) => part !== undefined).join(' ');
  return {
    id: rule,
    shortDescription: { text: example?.title ?? rule },
    ...(help === '' ? {} : { help: { text: help } }),
  };
}

function describeResult(finding: Finding, rules: readonly string[]): object {
  const { rule, severity, because, whatToDo, subject, check } = finding;
  const advice = whatToDo === undefined ? '' : ` ${whatToDo}`;
  const location = locate(subject);
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: `${plainLine(because)}${advice}` },
    ...(location === undefined ? {} : { locations: [location] }),
    partialFingerprints: { 'orchestra/v1': sha256([rule, subject.path ?? '', subject.project ?? '', subject.where ?? '', because].join('\n')) },
    properties: { check, severity, place: placeOf(finding) },
  };
}

function locate({ path, range, where, project }: Finding['subject']): object | undefined {
  const name = where ?? project;
  const logical = name === undefined ? {} : { logicalLocations: [{ name: plainLine(name), kind: where === undefined ? 'module' : 'function' }] };
  if (path === undefined) return name === undefined ? undefined : logical;
  const region = range === undefined ? {} : { region: { startLine: range[0], endLine: range[1] } };
  return { physicalLocation: { artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' }, ...region }, ...logical };
}
